import { createHmac } from 'node:crypto';
import { eventually, type ShopifyShop } from '@cartage/testkit';
import type { Calls, Json } from './calls.fixture';

export const CHANNEL_CONNECTORS = 'openapi-shop=shopify:openapi-secret, openapi-files=webhook:c2VjcmV0';

const webhooks = '/channels/openapi-shop/webhooks';
const item = { id: 1, quantity: 1, price: '10.00' };
const order = (id: number, more: object = {}) => ({
  ...{ id, created_at: '2026-11-20T10:00:00Z', updated_at: '2026-11-20T10:00:00Z', currency: 'GBP', financial_status: 'paid' },
  ...{ total_price: '10.00', line_items: [item] },
  shipping_address: { name: 'Grace Hill', address1: '1 High Street', city: 'London', zip: 'EC1A 1BB', country_code: 'GB' },
  ...more,
});

/** A connected channel sends two orders without a SKU: one is mended, a person has dealt with the other. */
export const channelCalls = async ({ ask, post, itemsOf }: Calls): Promise<void> => {
  for (const id of [1, 2]) {
    const signed = createHmac('sha256', 'openapi-secret')
      .update(JSON.stringify(order(id)))
      .digest('base64');
    const named = { 'x-shopify-topic': 'orders/create', 'x-shopify-event-id': `e-${id}`, 'x-shopify-hmac-sha256': signed };
    await ask('POST', webhooks, order(id), named);
  }
  const refused = await itemsOf('/channels/openapi-shop/messages?status=refused');
  expect(await itemsOf('/channels/refused-messages')).toEqual(refused);
  const [first, second] = refused.map(({ messageId }) => `/channels/openapi-shop/messages/${String(messageId)}`);
  await post(`${first}/resubmit`, { payload: order(1, { line_items: [{ ...item, sku: 'MUG' }] }) });
  await ask('DELETE', `${second}`);
  await fileCalls({ ask });
};

/** A channel of files: what it sends is no message, and what it would fetch is nothing yet. */
const fileCalls = async ({ ask }: Pick<Calls, 'ask'>): Promise<void> => {
  const named = { 'content-type': 'application/x-ndjson', 'idempotency-key': 'openapi-file' };
  await ask('POST', '/channels/openapi-files/messages', 'no JSON\n', named);
  for (const path of ['openapi-files/feed.ndjson', 'openapi-files/feed.csv', 'message-schemas']) await ask('GET', `/channels/${path}`);
};

/** A shop that has heard of nothing. */
export const shopOutlet = async (shop: ShopifyShop): Promise<string> => {
  const { url, token } = await shop.start();
  return `openapi-shop=shopify:${url}#${token}`;
};

/** The shop has no such orders and no such goods, and says so. */
export const toldCalls = async ({ put, post, itemsOf }: Calls): Promise<void> => {
  const [first, second] = await listed(itemsOf, { path: '/channels/openapi-shop/updates?status=refused', least: 2 });
  await post(`/channels/openapi-shop/updates/${String(first?.['updateId'])}/resubmit`, { lines: [{ lineId: '1', channelLineId: '11' }] });
  await post(`/channels/openapi-shop/updates/${String(second?.['updateId'])}/drop`, { reason: 'Entered by hand.' });
  const [level] = await listed(itemsOf, { path: '/channels/openapi-shop/stock?status=refused', least: 1 });
  await post('/channels/openapi-shop/stock/resubmit', { sku: level?.['sku'] });
  const list = { currency: 'GBP', taxIncluded: true, channel: 'openapi-shop', validFrom: '2026-01-01T00:00:00Z' };
  await put('/inventory/price-lists/openapi-shop', { ...list, prices: [{ sku: 'MUG', unitPrice: 1_150 }] });
  const [price] = await listed(itemsOf, { path: '/channels/openapi-shop/prices', least: 1 });
  await post('/channels/openapi-shop/prices/resubmit', { sku: price?.['sku'] });
};

/** The shop has an order otherwise than it is here, and one that never came. */
export const differenceCalls = async ({ ask, post, itemsOf }: Calls): Promise<void> => {
  await post('/channels/openapi-shop/orders/1/cancellations', { reason: { code: 'changed-mind' } });
  await eventually(async () => {
    const told = await itemsOf('/channels/openapi-shop/updates?limit=200');
    expect(told.map(({ kind }) => kind)).toContain('cancelled');
  });
  const list = [{ externalOrderId: '1', lines: [{ lineId: '1', quantity: 1 }], refunded: 999_999 }, { externalOrderId: 'nowhere' }];
  const body = list.map((order) => `${JSON.stringify(order)}\n`).join('');
  await ask('POST', '/channels/openapi-shop/order-list', body, { 'content-type': 'application/x-ndjson' });
  const path = '/channels/openapi-shop/differences';
  const found = await listed(itemsOf, { path: `${path}?status=open`, least: 3 });
  const act = async (kind: string, action: string, sent: object): Promise<void> =>
    void (await post(`${path}/${String(found.find((each) => each['kind'] === kind)?.['differenceId'])}/${action}`, sent));
  await act('cancelled-here', 'tell-again', {});
  await act('refunded', 'take-theirs', { reason: 'The shop gave it.' });
  await act('missing-here', 'close', { reason: 'A test.' });
  await ask('GET', `${path}.csv`);
  await post(`${path}/compare`, {});
  const offers = '{"sku":"NOWHERE","quantity":1}\n{"sku":"NOWHERE"}\n';
  await ask('POST', '/channels/openapi-shop/stock-report', offers, { 'content-type': 'application/x-ndjson' });
  await itemsOf('/channels/stock-differences');
  await post('/channels/openapi-shop/stock/compare', {});
};

const listed = async (
  itemsOf: Calls['itemsOf'],
  { path, least }: { readonly path: string; readonly least: number },
): Promise<readonly Json[]> => {
  let items: readonly Json[] = [];
  await eventually(async () => {
    items = await itemsOf(path);
    expect(items.length).toBeGreaterThanOrEqual(least);
  });
  return items;
};
