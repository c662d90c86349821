import { createHmac, createHash, timingSafeEqual } from 'node:crypto';
import { Refused } from '@cartage/eventsourcing';
import type { ChannelConnector, ChannelPost } from '../../../app/channels/connector';
import { isFields, JsonReading, parsedJson } from '../json-reading';
import { isAfterSale, orderNumberIn, shopifyAfterSale } from './shopify-after-sale';
import { shopifyOrder } from './shopify-order';

/** Each of these carries the whole order. What else Shopify tells of orders follows from them, or is about parcels. */
const topics: ReadonlySet<string> = new Set(['orders/create', 'orders/paid', 'orders/updated', 'orders/cancelled']);

const about = ({ topic, payload }: Parameters<ChannelConnector['about']>[0]): 'order' | 'after-sale' | undefined => {
  if (topics.has(topic)) return 'order';
  return isAfterSale(topic, payload) ? 'after-sale' : undefined;
};

/** What is no order names its own. */
const numberIn = (envelope: Parameters<ChannelConnector['numberIn']>[0]): string | undefined => {
  const { payload } = envelope;
  if (!isFields(payload)) return undefined;
  return about(envelope) === 'order' ? new JsonReading().optionalText(payload, 'id') : orderNumberIn(payload);
};

const header = ({ headers }: ChannelPost, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** `X-Shopify-Hmac-Sha256`: the HMAC-SHA256 of the body's bytes, in Base64. Several secrets while one is changed: any of them is good. */
const requireSigned = (post: ChannelPost, secrets: readonly string[]): void => {
  const given = Buffer.from(header(post, 'x-shopify-hmac-sha256'), 'base64');
  const isGood = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(post.rawBody).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isGood) throw new Refused('SIGNATURE_INVALID', 'The body is not signed by this channel.', 'unproven');
};

/**
 * By what is signed, and that is the body alone: the event's id and the topic stand in headers, which whoever sends a recorded body again may write as they like. The same bytes
 * are the same message, then, and an order is one under each of its topics. Letters, digits and dots: it stands in paths.
 */
const messageIdOf = ({ rawBody }: ChannelPost, topic: string): string => {
  const kind = topics.has(topic) ? 'orders' : topic.replaceAll(/[^\w.-]/g, '.').slice(0, 100);
  return `${kind}.${createHash('sha256').update(rawBody).digest('hex').slice(0, 32)}`;
};

/** A shop at Shopify, whose webhooks are signed with one of these secrets. */
export const shopify = (secrets: readonly string[]): ChannelConnector => ({
  open: (post) => {
    requireSigned(post, secrets);
    const topic = header(post, 'x-shopify-topic');
    return { messageId: messageIdOf(post, topic), topic, payload: parsedJson(post.rawBody) };
  },
  about,
  orderIn: ({ payload }) => shopifyOrder(payload),
  afterSaleIn: ({ topic, payload }) => shopifyAfterSale(topic, payload),
  numberIn,
});
