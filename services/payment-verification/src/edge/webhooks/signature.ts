import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refused } from '@cartage/eventsourcing';

/** Without detail: whoever tries keys learns nothing. */
export const unproven = (): Refused => new Refused('SIGNATURE_INVALID', 'The body is not signed by this provider.', 'unproven');

export interface Signing {
  /** Several while one is changed: any of them is good. */
  readonly secrets: readonly string[];
  readonly toleranceSeconds: number;
  readonly now: () => Date;
}

const valuesIn = (header: string, name: string): readonly string[] =>
  header
    .split(',')
    .map((part) => part.trim().split('='))
    .flatMap(([key, value]) => (key === name && value !== undefined ? [value] : []));

const hmac = (secret: string, timestamp: string, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();

const isSame = (given: string, expected: Buffer): boolean => {
  const bytes = Buffer.from(given, 'hex');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
};

/** `t=<seconds>,v1=<hex>`: the HMAC-SHA256 of `<seconds>.<body>`. One that is older than the tolerance may be a replay. */
export const requireSigned = (header: unknown, body: Uint8Array, { secrets, toleranceSeconds, now }: Signing): void => {
  const text = typeof header === 'string' ? header : '';
  const [timestamp = ''] = valuesIn(text, 't');
  const age = Math.abs(now().getTime() / 1_000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || age > toleranceSeconds) throw unproven();
  const expected = secrets.map((secret) => hmac(secret, timestamp, body));
  if (!valuesIn(text, 'v1').some((given) => expected.some((each) => isSame(given, each)))) throw unproven();
};

/** The header of a body, as whoever tells has to send it. */
export const signatureOf = (secret: string, body: string, at: Date): string => {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return `t=${timestamp},v1=${hmac(secret, timestamp, Buffer.from(body)).toString('hex')}`;
};
