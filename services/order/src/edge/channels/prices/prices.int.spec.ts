import { Topics, type InventoryEvent } from '@cartage/contracts';
import { eventually, ShopifyShop } from '@cartage/testkit';
import { neighbour } from '../../neighbour.fixture';
import { startOrdersWith, type OrderSystem } from '../../order-system.fixture';
import { priceTable } from './price-table';

jest.setTimeout(120_000);

const inventory = neighbour('inventory', Topics.inventory);
const shop = new ShopifyShop();
let system: OrderSystem;

/** Lists are looked at every few seconds. */
const patiently = { withinMs: 50_000 };
const revisions = new Map<string, number>();
const list = (name: string, prices: Readonly<Record<string, number>>, more: object = {}): InventoryEvent => {
  const revision = (revisions.get(name) ?? 0) + 1;
  revisions.set(name, revision);
  return {
    type: 'PriceListChanged',
    data: {
      ...{ list: name, currency: 'EUR', taxIncluded: true, validFrom: '2026-01-01T00:00:00.000Z', revision },
      prices: Object.entries(prices).map(([sku, unitPrice]) => ({ sku, unitPrice })),
      ...{ changedAt: '2026-11-27T10:00:00.000Z', ...more },
    },
  };
};
const tell = (...lists: readonly InventoryEvent[]): Promise<void> => inventory.tell('prices', ...lists);
const asked = async (query = '') =>
  (await system.api.get(`/channels/shop/prices${query}`)).body['items'] as readonly { readonly sku: string }[];

beforeAll(async () => {
  const { url, token } = await shop.start();
  for (const sku of ['A', 'B', 'C']) shop.items.set(sku, `gid://shopify/InventoryItem/${sku}`);
  const settings = { CHANNEL_OUTLETS: `shop=shopify:${url}#${token}`, CHANNEL_PRICES: 'shop=EUR/DE' };
  system = await startOrdersWith(settings, inventory);
});
afterAll(async () => {
  await system.stop();
  await shop.stop();
});

describe('what a connected channel asks', () => {
  it('is what the price lists say, of several the nearest; lists that are not for it say nothing', async () => {
    await tell(
      list('base', { A: 1_000, B: 2_000, C: 3_000 }),
      list('de', { A: 900 }, { country: 'DE' }),
      list('shop', { B: 1_800 }, { channel: 'shop' }),
      list('other', { A: 1, B: 1, C: 1 }, { channel: 'other' }),
      list('net', { A: 2, B: 2, C: 2 }, { taxIncluded: false }),
      list('pounds', { A: 3, B: 3, C: 3 }, { currency: 'GBP' }),
      list('later', { A: 4, B: 4, C: 4 }, { channel: 'shop', validFrom: '2996-01-01T00:00:00.000Z' }),
    );
    const right = { A: 900, B: 1_800, C: 3_000 };
    await eventually(() => expect(Object.fromEntries(shop.prices)).toEqual(right), patiently);
    await eventually(async () =>
      expect(await asked()).toMatchObject([
        { sku: 'A', unitPrice: 900, list: 'de', status: 'told' },
        { sku: 'B', unitPrice: 1_800, list: 'shop', status: 'told' },
        { sku: 'C', unitPrice: 3_000, list: 'base', status: 'told' },
      ]),
    );
  });

  it('is another one when a list changes', async () => {
    await tell(list('shop', { B: 1_700 }, { channel: 'shop' }));
    await eventually(() => expect(shop.prices.get('B')).toBe(1_700), patiently);
    expect(shop.prices.get('C')).toBe(3_000);
  });

  it('waits with a person where the channel has no such SKU, and is told when it has', async () => {
    await tell(list('base', { A: 1_000, B: 2_000, C: 3_000, NEW: 400 }));
    await eventually(
      async () => expect(await asked('?status=refused')).toMatchObject([{ sku: 'NEW', code: 'SKU_UNKNOWN_AT_CHANNEL' }]),
      patiently,
    );
    shop.items.set('NEW', 'gid://shopify/InventoryItem/NEW');
    const again = (sku: string) =>
      system.api.call('POST', '/channels/shop/prices/resubmit', { sku }, { 'idempotency-key': `again-${sku}` });
    expect((await again('NEW')).body).toMatchObject({ status: 'waiting' });
    await eventually(() => expect(shop.prices.get('NEW')).toBe(400));
    expect((await again('UNHEARD-OF')).body).toMatchObject({ code: 'SKU_UNKNOWN' });
  });

  it('is another one when a list begins or ends; without any it stays as it was', async () => {
    const [shelf, wanted] = [priceTable(system.pool), { currency: 'SEK', country: undefined, taxIncluded: true }];
    const on = (day: number) => new Date(Date.UTC(2026, 10, day));
    const of = (validFrom: number, validTo: number) => ({
      currency: 'SEK',
      validFrom: on(validFrom).toISOString(),
      validTo: on(validTo).toISOString(),
    });
    await tell(list('autumn', { A: 200 }, of(1, 30)), list('sale', { A: 100 }, of(10, 20)));
    const priceOn = async (day: number): Promise<number | undefined> => {
      await shelf.refresh('calendar', wanted, on(day));
      return (await shelf.list({ channel: 'calendar', status: undefined, after: undefined, limit: 10 }))[0]?.unitPrice;
    };
    await eventually(async () => {
      const { rows } = await system.pool.query(`select 1 from known_price_list where currency = 'SEK'`);
      expect(rows).toHaveLength(2);
    });
    for (const [day, price] of [
      [5, 200],
      [10, 100],
      [20, 200],
      [30, 200],
    ] as const)
      expect([day, await priceOn(day)]).toEqual([day, price]);
  });

  it('is looked at by one process at a time, and only where a list has changed', async () => {
    const shelf = priceTable(system.pool);
    const wanted = { currency: 'EUR', country: undefined, taxIncluded: true };
    const at = new Date();
    const turns = await Promise.all([1, 2, 3].map(() => shelf.refresh('twin', wanted, at)));
    expect(turns.filter(Boolean)).toHaveLength(1);
    expect(await shelf.refresh('twin', wanted, at)).toBe(false);
    const [first] = await shelf.claim('twin', { now: at, until: new Date(at.getTime() + 60_000), limit: 1 });
    expect(first).toMatchObject({ sku: 'A', unitPrice: 1_000, currency: 'EUR', taxIncluded: true, attempts: 1 });
    await tell(list('base', { A: 1_100, B: 2_000, C: 3_000 }));
    await eventually(async () => expect(await shelf.refresh('twin', wanted, at)).toBe(true));
    expect((await shelf.claim('twin', { now: at, until: at, limit: 10 })).map(({ sku }) => sku)).not.toContain('A');
    if (first) await shelf.settle('twin', [first], { answers: [undefined], at });
    expect(await shelf.list({ channel: 'twin', status: 'waiting', after: undefined, limit: 1 })).toMatchObject([
      { sku: 'A', unitPrice: 1_100 },
    ]);
  });
});
