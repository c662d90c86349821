import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refused } from '@cartage/eventsourcing';

/* Standard Webhooks (https://www.standardwebhooks.com): the id, the time and the body are signed together, so that none of them can be exchanged. */

/** base64, with or without `whsec_`. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

const signatureOf = (secret: string, signed: readonly [id: string, timestamp: string], body: Uint8Array): Buffer =>
  createHmac('sha256', keyOf(secret))
    .update(`${signed.join('.')}.`)
    .update(body)
    .digest();

/** The headers of a body, as whoever sends it has to add them: signed with each secret, of which there are several while one is changed. The receiver takes an id once. */
export const webhookHeaders = (
  secrets: string | readonly string[],
  id: string,
  { body, now }: { readonly body: string; readonly now: Date },
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signatures = [secrets].flat().map((secret) => `v1,${signatureOf(secret, [id, timestamp], Buffer.from(body)).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};

interface SignedWebhook {
  readonly id: string;
  readonly timestamp: string;
  /** Several, apart by spaces, while a secret is changed on the sender's side. */
  readonly signature: string;
  readonly body: Uint8Array;
}

/** Whether somebody signed it who has one of the secrets; several while one is changed on our side. Compared in constant time. */
const isSignedWebhook = ({ id, timestamp, signature, body }: SignedWebhook, secrets: readonly string[]): boolean => {
  const given = signature.split(' ').flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []));
  return secrets.some((secret) => {
    const expected = signatureOf(secret, [id, timestamp], body);
    return given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
  });
};

/** What was posted, before anything of it is believed. */
export interface PostedWebhook {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly rawBody: Uint8Array;
}

/** How far the sender's clock may be from ours: what is older may have been recorded by somebody on the way and be sent again. */
const WINDOW_MS = 5 * 60_000;

const unproven = (message: string): Refused => new Refused('SIGNATURE_INVALID', message, 'unproven');

const header = ({ headers }: PostedWebhook, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** The id of a message whose sender is proven: several signatures while a secret is changed on their side, several secrets while it is on ours. */
export const provenWebhookId = (post: PostedWebhook, secrets: readonly string[], now: Date): string => {
  const [id, timestamp] = [header(post, 'webhook-id'), header(post, 'webhook-timestamp')];
  const isGood = isSignedWebhook({ id, timestamp, signature: header(post, 'webhook-signature'), body: post.rawBody }, secrets);
  if (!isGood || !/^[\w.-]{1,200}$/.test(id)) throw unproven('The message is not signed by whom it is said to be from.');
  const isFresh = Math.abs(Number(timestamp) * 1_000 - now.getTime()) <= WINDOW_MS;
  if (!isFresh) throw unproven('The message was signed more than five minutes from now, by its webhook-timestamp: sign it again.');
  return id;
};
