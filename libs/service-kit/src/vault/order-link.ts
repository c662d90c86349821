import type { People } from '../service';
import { isSameText } from './same-text';

/** For what a link is: one that was made for something else opens nothing. `order`: the page of the order itself; `returns`: what is sent back of it. */
export type OrderLinkKind = 'order' | 'returns';

/** What whoever has the link may speak of, and until when. */
export interface OrderLink {
  readonly orderId: string;
  /** ISO 8601, to the second. */
  readonly expiresAt: string;
}

type Hashing = Pick<People, 'hashOf'>;

const ID_BYTES = 16;
const TIME_BYTES = 6;
const TOKEN = /^([\w-]{30})\.([\w-]{43})$/;

const payloadOf = ({ orderId, expiresAt }: OrderLink): string => {
  const bytes = Buffer.alloc(ID_BYTES + TIME_BYTES);
  bytes.write(orderId.replaceAll('-', ''), 'hex');
  bytes.writeUIntBE(Math.floor(Date.parse(expiresAt) / 1_000), ID_BYTES, TIME_BYTES);
  return bytes.toString('base64url');
};

const linkIn = (payload: string): OrderLink => {
  const bytes = Buffer.from(payload, 'base64url');
  const orderId = bytes.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { orderId, expiresAt: new Date(bytes.readUIntBE(ID_BYTES, TIME_BYTES) * 1_000).toISOString() };
};

const signatureOf = (people: Hashing, kind: OrderLinkKind, payload: string): Promise<string> =>
  people.hashOf('order-link', `${kind}\n${payload}`);

/**
 * A link to an order for whoever bought it: nobody has to keep or send its secret, for it follows from what it says and from a key that the master key wraps. The
 * same link for the same order and second, in whichever service it is made.
 */
export const orderLinkToken = async (people: Hashing, kind: OrderLinkKind, link: OrderLink): Promise<string> => {
  const payload = payloadOf(link);
  return `${payload}.${await signatureOf(people, kind, payload)}`;
};

/** What a link says; nothing where it is not one of ours. Whether it is too old is for the reader to say. */
export const orderLinkIn = async (people: Hashing, kind: OrderLinkKind, token: string): Promise<OrderLink | undefined> => {
  const [, payload = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (payload === '' || !isSameText(signature, await signatureOf(people, kind, payload))) return undefined;
  return linkIn(payload);
};

const DAY_MS = 86_400_000;

/** When a link ends that is made now for so many days: to the second, as links say it. */
export const linkEnd = (now: Date, days: number): string =>
  new Date(Math.floor((now.getTime() + days * DAY_MS) / 1_000) * 1_000).toISOString();
