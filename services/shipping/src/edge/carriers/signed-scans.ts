import { createHmac, timingSafeEqual } from 'node:crypto';

const signed = /^sha256=([\da-f]{64})$/;

/** `sha256=<hex HMAC-SHA256 of the body>`, compared in constant time. */
export const isSignedBy = (secret: string, signature: string | undefined, rawBody: Uint8Array): boolean => {
  const given = signed.exec(signature ?? '')?.[1];
  if (given === undefined) return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', secret).update(rawBody).digest());
};
