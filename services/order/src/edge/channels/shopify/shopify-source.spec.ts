import { systemClock, Throttled, type Clock } from '@cartage/eventsourcing';
import { ShopifyShop } from '@cartage/testkit';
import { shopify } from './shopify';
import { shopifyOrderOf } from './shopify.fixture';
import { shopifySource } from './shopify-source';

let shop: ShopifyShop;
let paused: number[];
/** On which every pause is over at once. */
const clock: Clock = { now: () => systemClock.now(), pause: async (ms) => void paused.push(ms) };
const sourceOf = async () => shopifySource({ ...(await shop.start()), clock });
const at = (minute: number) => `2026-11-27T10:${String(minute).padStart(2, '0')}:00Z`;

beforeEach(() => {
  shop = new ShopifyShop();
  paused = [];
});
afterEach(() => shop.stop());

const sold = (id: number, more: object = {}) => void shop.rest.set(String(id), shopifyOrderOf({ id, updated_at: at(id), ...more }));

describe('the orders of a shop at Shopify', () => {
  it('are all that changed since then, page by page, as its webhooks would say them', async () => {
    const source = await sourceOf();
    for (const id of [1, 2, 3]) sold(id);
    const found: string[] = [];
    for await (const { orders } of source.changedSince(at(2)))
      for (const order of orders) found.push(shopify(['secret']).orderIn(order).externalOrderId);
    expect(found).toEqual(['2', '3']);
  });

  it('are waited for while the shop has had enough, for a while: many are asked for one after the other', async () => {
    const source = await sourceOf();
    sold(1);
    shop.strike('throttled', 'throttled');
    expect(await source.order('1')).toBeDefined();
    expect(paused).toEqual([2_000, 2_000]);
    shop.strike(...Array.from({ length: 31 }, () => 'throttled' as const));
    await expect(source.order('1')).rejects.toBeInstanceOf(Throttled);
  });

  it('cannot be had of a shop that is frozen, which is no fault of an order', async () => {
    const source = await sourceOf();
    sold(1);
    shop.isFrozen = true;
    await expect(source.order('1')).rejects.toMatchObject({ name: 'Away' });
  });

  it('is one by its number, the same message as long as it says the same, or none', async () => {
    const source = await sourceOf();
    sold(1);
    const [one, same] = [await source.order('1'), await source.order('1')];
    expect(shopify(['secret']).about(one ?? { topic: '', payload: {} })).toBe('order');
    expect(same?.messageId).toBe(one?.messageId);
    expect(await source.order('9')).toBeUndefined();
  });

  it('say what is sold still, was sent, went back and is paid in the customer’s currency', async () => {
    const source = await sourceOf();
    const [lantern] = shopifyOrderOf().line_items;
    const sent = (status: string, quantity: number) => ({ status, line_items: [{ id: 111, quantity }] });
    const transaction = {
      kind: 'refund',
      status: 'success',
      amount: '17.00',
      amount_set: { shop_money: { amount: '17.00', currency_code: 'GBP' }, presentment_money: { amount: '20.00', currency_code: 'EUR' } },
    };
    const refund = {
      refund_line_items: [{ line_item_id: 111, quantity: 1, restock_type: 'cancel' }],
      transactions: [transaction, { ...transaction, kind: 'void' }],
    };
    sold(1, {
      line_items: [{ ...lantern, current_quantity: 2 }],
      ...{ fulfillments: [sent('success', 1), sent('cancelled', 2)], refunds: [refund] },
    });
    const order = await source.order('1');
    expect(order && source.standingIn(order)).toEqual({
      ...{ externalOrderId: '1', changedAt: '2026-11-27T10:01:00.000Z', cancelled: false },
      ...{ lines: [{ lineId: '111', quantity: 2, shipped: 1 }], refunded: 2_000, charged: 5_890, currency: 'EUR' },
    });
  });
});
