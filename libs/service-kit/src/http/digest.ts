import { createHash } from 'node:crypto';

/** What tells one request, or one item of a batch, from another: SHA-256 in base64url. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
