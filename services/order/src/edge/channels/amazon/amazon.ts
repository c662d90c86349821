import { provenWebhookId } from '@cartage/service-kit';
import type { ChannelConnector } from '../../../app/channels/connector';
import { isFields, JsonReading, parsedJson, type Fields } from '../json-reading';
import { afterSaleIn, orderNumberIn } from '../webhook/webhook-connector';
import { amazonRefunds, REFUNDS } from './amazon-books';
import { amazonOrder, isAmazons } from './amazon-order';
import { amazonReturn, orderOfReturn, RETURN } from './amazon-returns';

/** Of the order as it stands: asked for, or handed on by whoever has it. */
export const ORDER = 'order';
const ORDER_CHANGE = 'ORDER_CHANGE';
const OTHER = 'other';

/** What somebody knows sooner than Amazon's reports and books say it, is told in our own form. */
const ours: ReadonlySet<string> = new Set(['refund', 'return']);

const topicOf = (payload: unknown): string => {
  if (!isFields(payload)) return OTHER;
  const type = new JsonReading().optionalText(payload, 'type') ?? '';
  if (ours.has(type)) return type;
  if (payload['NotificationType'] === ORDER_CHANGE) return ORDER_CHANGE;
  return payload['orderId'] === undefined || !Array.isArray(payload['orderItems']) ? OTHER : ORDER;
};

/** `OrderChangeNotification` of the published schema; Amazon writes its payload with either capital. */
const changedIn = (payload: unknown): string | undefined => {
  const reading = new JsonReading();
  const part = (from: Fields | undefined, ...names: readonly string[]): Fields | undefined =>
    names.map((name) => reading.part(from ?? {}, name)).find((found) => found !== undefined);
  const change = part(part(isFields(payload) ? payload : undefined, 'Payload', 'payload'), 'OrderChangeNotification');
  return reading.optionalText(change ?? {}, 'AmazonOrderId');
};

/**
 * A seller at Amazon. Orders are asked for (`amazonSource`); Amazon's notifications come by a queue of the seller's, and whoever forwards them signs them as Standard
 * Webhooks has it. They are not believed in what they say: the order is asked for.
 */
export const amazon = (secrets: readonly string[], now: () => Date): ChannelConnector => ({
  open: (post) => {
    const messageId = provenWebhookId(post, secrets, now());
    const payload = parsedJson(post.rawBody);
    return { messageId, topic: topicOf(payload), payload };
  },
  about: ({ topic, payload }) => {
    if (ours.has(topic) || topic === RETURN || topic === REFUNDS) return 'after-sale';
    return topic === ORDER && !isAmazons(payload) ? 'order' : undefined;
  },
  changedIn: ({ topic, payload }) => (topic === ORDER_CHANGE ? changedIn(payload) : undefined),
  orderIn: ({ payload }) => amazonOrder(payload),
  afterSaleIn: ({ topic, payload }) => {
    if (topic === RETURN) return amazonReturn(payload);
    return topic === REFUNDS ? amazonRefunds(payload) : afterSaleIn(payload);
  },
  numberIn: ({ topic, payload }) => {
    if (ours.has(topic)) return orderNumberIn(payload);
    if (topic === RETURN) return orderOfReturn(payload);
    return isFields(payload) ? new JsonReading().optionalText(payload, topic === REFUNDS ? 'AmazonOrderId' : 'orderId') : undefined;
  },
});
