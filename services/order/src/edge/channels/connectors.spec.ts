import { createHmac } from 'node:crypto';
import { webhookHeaders } from '@cartage/service-kit';
import { amazon } from './amazon/amazon';
import { amazonOrderOf } from './amazon/amazon.fixture';
import { connectorContract, type OrderTold } from './connector.contract';
import { shopify } from './shopify/shopify';
import { shopifyOrderOf } from './shopify/shopify.fixture';
import { webhookConnector } from './webhook/webhook-connector';

const now = new Date('2026-11-27T10:00:00.000Z');
const skus = { 1: 'A', 2: 'B' } as const;
const ordered = { 1: 3, 2: 2 } as const;

/** A shop at Shopify: its topics in a header, its orders whole in each. */
const shop = () => {
  const post = (topic: string, payload: object, [messageId, secret]: readonly [string, string]) => {
    // Of another message another body: it is by that that they are known.
    const rawBody = Buffer.from(JSON.stringify({ ...payload, admin_graphql_api_id: messageId }));
    const signature = createHmac('sha256', secret).update(rawBody).digest('base64');
    return { headers: { 'x-shopify-topic': topic, 'x-shopify-hmac-sha256': signature }, rawBody };
  };
  const orderOf = ({ externalOrderId, changedAt, units, cancelled = false, broken = false }: OrderTold): object => {
    const [lantern] = shopifyOrderOf().line_items;
    const lines = ([1, 2] as const).map((id) => ({
      ...{ ...lantern, id, sku: broken && id === 1 ? null : skus[id] },
      ...{ quantity: ordered[id], current_quantity: units[id] ?? 0 },
    }));
    const gone = cancelled ? { cancelled_at: changedAt, cancel_reason: 'customer' } : {};
    return shopifyOrderOf({ id: Number(externalOrderId), updated_at: changedAt, line_items: lines, ...gone });
  };
  const topics = { requested: 'returns/request', approved: 'returns/approve', closed: 'returns/close' } as const;
  return {
    connector: shopify(['old', 'secret']),
    order: (told: OrderTold, messageId: string) => post('orders/updated', orderOf(told), [messageId, 'secret']),
    stranger: (told: OrderTold) => post('orders/updated', orderOf(told), ['m-1', 'stranger']),
    returned: (
      { externalOrderId, channelReturnId, standing }: { externalOrderId: string; channelReturnId: string; standing: keyof typeof topics },
      messageId: string,
    ) => {
      const line = { quantity: 1, return_reason: 'TOO_SMALL', fulfillment_line_item: { line_item: { id: 1 } } };
      return post(topics[standing], { id: channelReturnId, order: { id: externalOrderId }, return_line_items: [line] }, [
        messageId,
        'secret',
      ]);
    },
    refunded: (
      { externalOrderId, channelRefundId, amount }: { externalOrderId: string; channelRefundId: string; amount: number },
      messageId: string,
    ) => {
      const money = { kind: 'refund', status: 'success', amount: (amount / 100).toFixed(2), currency: 'EUR' };
      const line = { line_item_id: 1, quantity: 1, restock_type: 'return' };
      const refund = {
        id: channelRefundId,
        order_id: externalOrderId,
        created_at: now.toISOString(),
        refund_line_items: [line],
        transactions: [money],
      };
      return post('refunds/create', refund, [messageId, 'secret']);
    },
    fieldOfSku: /^line_items\[0\]\.sku$/,
  };
};

/** A channel that posts our own form: what a message is about stands in it. */
const market = () => {
  const [secret, stranger] = ['YSBzZWNyZXQgb2YgbW9yZSB0aGFuIDI0IGJ5dGVz', 'c3RyYW5nZXI='];
  const post = (payload: object, messageId: string, by = secret) => {
    const body = JSON.stringify(payload);
    return { headers: webhookHeaders(by, messageId, { body, now }), rawBody: Buffer.from(body) };
  };
  const orderOf = ({ externalOrderId, changedAt, units, cancelled = false, broken = false }: OrderTold): object => {
    const lines = ([1, 2] as const).flatMap((id) => {
      const line = { lineId: String(id), quantity: units[id] ?? 0, unitPrice: 1_000 };
      return line.quantity === 0 ? [] : [broken && id === 1 ? line : { ...line, sku: skus[id] }];
    });
    const shipTo = { lines: ['Hauptstraße 5'], city: 'Berlin', postalCode: '10115', country: 'DE' };
    const order = { currency: 'EUR', customer: { name: 'Zoë Ångström' }, shipTo, lines, payment: { method: 'prepaid' } };
    return { externalOrderId, changedAt, order, ...(cancelled ? { cancelled: { code: 'changed-mind', by: 'customer' } } : {}) };
  };
  return {
    connector: webhookConnector(['b2xk', secret], () => now),
    order: (told: OrderTold, messageId: string) => post(orderOf(told), messageId),
    stranger: (told: OrderTold) => post(orderOf(told), 'm-1', stranger),
    returned: (told: object, messageId: string) =>
      post(
        { type: 'return', ...told, changedAt: '2026-11-21T10:00:00.000Z', lines: [{ lineId: '1', quantity: 1, reason: 'too-small' }] },
        messageId,
      ),
    refunded: (told: object, messageId: string) =>
      post(
        {
          type: 'refund',
          ...told,
          currency: 'EUR',
          refundedAt: '2026-11-22T10:00:00.000Z',
          lines: [{ lineId: '1', quantity: 1, goods: 'returned' }],
        },
        messageId,
      ),
    fieldOfSku: /^order\.lines\W?0\W?\.sku$/,
  };
};

/** A seller at Amazon: orders in its own form, what it has no message for in ours. */
const seller = () => {
  const told = market();
  const secret = 'YSBzZWNyZXQgb2YgbW9yZSB0aGFuIDI0IGJ5dGVz';
  const post = (payload: object, messageId: string, by = secret) => {
    const body = JSON.stringify(payload);
    return { headers: webhookHeaders(by, messageId, { body, now }), rawBody: Buffer.from(body) };
  };
  const orderOf = ({ externalOrderId, changedAt, units, cancelled = false, broken = false }: OrderTold): object => {
    const items = amazonOrderOf().orderItems.map((item, i) => ({
      ...{ ...item, fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: units[i === 0 ? 1 : 2] ?? 0 } },
      ...(broken && i === 0 ? { product: { asin: 'B01' } } : {}),
    }));
    const fulfillment = { fulfillmentStatus: cancelled ? 'CANCELLED' : 'UNSHIPPED', fulfilledBy: 'MERCHANT' };
    return amazonOrderOf({ orderId: externalOrderId, lastUpdatedTime: changedAt, fulfillment, orderItems: items });
  };
  return {
    ...told,
    connector: amazon(['b2xk', secret], () => now),
    order: (order: OrderTold, messageId: string) => post(orderOf(order), messageId),
    stranger: (order: OrderTold) => post(orderOf(order), 'm-1', 'c3RyYW5nZXI='),
    fieldOfSku: /^orderItems\[0\]\.product\.sellerSku$/,
  };
};

connectorContract('a seller at Amazon', seller);
connectorContract('a shop at Shopify', shop);
connectorContract('a channel that posts our own form', market);

describe('what Shopify signed, sent again by somebody else', () => {
  it('is the same message, whatever headers say that nobody signed', () => {
    const { connector, order } = shop();
    const told = { externalOrderId: '1001', changedAt: now.toISOString(), units: ordered };
    const post = order(told, 'm-1');
    const again = { 'x-shopify-event-id': 'another', 'x-shopify-webhook-id': 'another', 'x-shopify-triggered-at': 'now' };
    for (const topic of ['orders/create', 'orders/paid', 'orders/updated', 'orders/cancelled'])
      expect(connector.open({ ...post, headers: { ...post.headers, ...again, 'x-shopify-topic': topic } }).messageId).toBe(
        connector.open(post).messageId,
      );
  });
});
