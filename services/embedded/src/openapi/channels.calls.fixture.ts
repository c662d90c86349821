import { createHmac } from 'node:crypto';
import type { Calls } from './calls.fixture';

export const CHANNEL_CONNECTORS = 'openapi-shop=shopify:openapi-secret';

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
  const [first, second] = refused.map(({ messageId }) => `/channels/openapi-shop/messages/${String(messageId)}`);
  await post(`${first}/resubmit`, { payload: order(1, { line_items: [{ ...item, sku: 'MUG' }] }) });
  await ask('DELETE', `${second}`);
};
