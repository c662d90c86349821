import { ShopifyOrder, ShopifyShop } from '@cartage/testkit';
import { systemClock, Throttled } from '@cartage/eventsourcing';
import { contractLines, outletContract, type KnownThere, type OutletOnTrial } from '../outlet.contract';
import { shopifyOutlet } from './shopify-outlet';

let shop: ShopifyShop;
let order: ShopifyOrder;
let trial: OutletOnTrial;
let account: { readonly url: string; readonly token: string };

const unitsOf = (lines: readonly { readonly id: string; readonly quantity: number }[]): Readonly<Record<string, number>> => {
  const units: Record<string, number> = {};
  for (const { id, quantity } of lines) units[id] = (units[id] ?? 0) + quantity;
  return units;
};

const known = (): KnownThere => ({
  parcels: order.fulfilments.map(({ number, lines }) => ({ trackingNumber: number, units: unitsOf(lines) })),
  cancelledUnits: unitsOf(order.removed),
  cancelled: order.cancellations,
  refunded: order.givenBack.reduce((sum, { amount }) => sum + amount, 0),
  stock: Object.fromEntries([...shop.stock].map(([place, quantity]) => [place.split('@')[0], quantity])),
  prices: Object.fromEntries(shop.prices),
});

beforeEach(async () => {
  shop = new ShopifyShop();
  account = await shop.start();
  for (const { sku } of contractLines) shop.items.set(sku, `gid://shopify/InventoryItem/${sku}`);
  const lines = contractLines.map(({ lineId, quantity }) => ({ id: lineId, units: { 77: quantity } }));
  order = shop.sell(new ShopifyOrder({ id: '450789469', lines, currency: 'EUR', paid: [3_000, 2_000] }));
  trial = {
    outlet: shopifyOutlet({ ...account, clock: systemClock }, new Map([['LDN', '77']])),
    externalOrderId: order.id,
    known,
    giveBack: (amount) =>
      order.givenBack.push({ parent: `gid://shopify/OrderTransaction/${order.id}1`, amount, gateway: 'shopify_payments' }),
    strike: (...faults) => shop.strike(...faults),
    askReturn: (id) => void shop.returns.set(id, 'REQUESTED'),
    returnAt: (id) => ({ OPEN: 'approved', DECLINED: 'declined', CLOSED: 'closed' })[shop.returns.get(id) ?? ''],
  };
});
afterEach(() => shop.stop());

outletContract('a shop at Shopify', () => trial);

describe('a shop at Shopify', () => {
  const update = {
    updateId: '0199a3c4-7b1e-7c3d-9f2a-000000000071',
    channel: 'shop',
    externalOrderId: '450789469',
    attempts: 1,
    backInAll: 4_000,
  };

  it('tags orders by whether they were taken over', async () => {
    await trial.outlet.tell({ ...update, content: { kind: 'rejected', code: 'MESSAGE_INVALID', faults: [] } });
    expect([...order.tags]).toEqual(['cartage-rejected']);
    await trial.outlet.tell({ ...update, content: { kind: 'accepted' } });
    expect([...order.tags]).toEqual(['cartage-accepted']);
  });

  it('has a fulfilment for each of its places where a parcel’s units are, all under the parcel’s number', async () => {
    order = shop.sell(new ShopifyOrder({ id: '2', lines: [{ id: '1', units: { 77: 1, 78: 2 } }], currency: 'EUR', paid: [] }));
    const lines = [{ lineId: '1', sku: 'A', quantity: 3 }];
    const content = { kind: 'dispatched', carrier: 'DHL', trackingNumber: 'T-1', lines, dispatchedAt: '2026-11-27T10:00:00.000Z' } as const;
    shop.strike('none', 'none', 'none', 'none', 'lost');
    await expect(trial.outlet.tell({ ...update, externalOrderId: '2', content })).rejects.toMatchObject({ name: 'Away' });
    await trial.outlet.tell({ ...update, externalOrderId: '2', content, attempts: 2 });
    expect(known().parcels).toEqual([
      { trackingNumber: 'T-1', units: { 1: 1 } },
      { trackingNumber: 'T-1', units: { 1: 2 } },
    ]);
  });

  it('takes goods that were handed over without a parcel, once', async () => {
    const content = {
      kind: 'dispatched',
      lines: [{ lineId: '2', sku: 'B', quantity: 1 }],
      dispatchedAt: '2026-11-27T10:00:00.000Z',
    } as const;
    await trial.outlet.tell({ ...update, content });
    await trial.outlet.tell({ ...update, content, attempts: 2 });
    expect(known().parcels).toEqual([{ trackingNumber: undefined, units: { 2: 1 } }]);
  });

  it('is told nothing of what it handed over by itself, such as a gift card', async () => {
    order = shop.sell(new ShopifyOrder({ id: '2', lines: [{ id: '1', units: { 77: 2 } }], currency: 'EUR', paid: [] }));
    order.fulfil({
      lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: '', fulfillmentOrderLineItems: [{ id: '2-77-1', quantity: 2 }] }],
    });
    const content = {
      kind: 'dispatched',
      lines: [{ lineId: '1', sku: 'GIFT', quantity: 2 }],
      dispatchedAt: '2026-11-27T10:00:00.000Z',
    } as const;
    expect(await trial.outlet.tell({ ...update, externalOrderId: '2', content })).toMatchObject({ detail: 'It was told before.' });
    expect(known().parcels).toHaveLength(1);
  });

  it('gives money back on the ways on which it came, and no more than there is', async () => {
    await trial.outlet.tell({ ...update, content: { kind: 'refunded', refundId: 'r-1', amount: 4_000, currency: 'EUR' } });
    expect(order.givenBack.map(({ amount }) => amount)).toEqual([3_000, 1_000]);
    const more = { ...update, updateId: '0199a3c4-7b1e-7c3d-9f2a-000000000072', backInAll: 5_001 };
    const tooMuch = trial.outlet.tell({ ...more, content: { kind: 'refunded', refundId: 'r-2', amount: 1_001, currency: 'EUR' } });
    await expect(tooMuch).rejects.toMatchObject({ code: 'CHANNEL_REFUSED', errors: [{ field: 'transactions.amount' }] });
  });

  it('gives nothing back of what it never took', async () => {
    order = shop.sell(new ShopifyOrder({ id: '3', lines: [], currency: 'EUR', paid: [] }));
    await trial.outlet.tell({
      ...update,
      externalOrderId: '3',
      content: { kind: 'refunded', refundId: 'r-1', amount: 4_000, currency: 'EUR' },
    });
    expect(order.givenBack).toEqual([]);
  });

  it('takes prices in its own currency only, and names the price that it refuses', async () => {
    const price = (sku: string, unitPrice: number, currency = 'EUR') => ({ sku, unitPrice, currency, taxIncluded: true });
    expect(await trial.outlet.setPrices?.([price('A', 100, 'GBP'), price('B', -1)], 'key')).toEqual([
      { code: 'CHANNEL_REFUSED', faults: [expect.objectContaining({ field: 'currency', code: 'CURRENCY_DIFFERS' })] },
      { code: 'CHANNEL_REFUSED', faults: [expect.objectContaining({ field: 'variants.0.price', code: 'NEGATIVE_PRICE_VALUE' })] },
    ]);
    expect(shop.prices.size).toBe(0);
  });

  it('is told the stock of many places, which is more than it takes in one list', async () => {
    const places = new Map(Array.from({ length: 10 }, (_, i) => [`P${i}`, String(100 + i)]));
    const { setStock } = shopifyOutlet({ ...account, clock: systemClock }, places);
    const levels = Array.from({ length: 50 }, (_, i) => {
      shop.items.set(`SKU-${i}`, `gid://shopify/InventoryItem/SKU-${i}`);
      const quantity = i === 49 ? 2_000_000 : i;
      return { sku: `SKU-${i}`, network: quantity, locations: Object.fromEntries([...places.keys()].map((place) => [place, quantity])) };
    });
    const answers = (await setStock?.(levels, 'key')) ?? [];
    expect(answers.slice(0, 49)).toEqual(Array.from({ length: 49 }, () => undefined));
    expect(answers.at(49)).toMatchObject({ code: 'CHANNEL_REFUSED' });
    expect([shop.stock.size, shop.stock.get('SKU-48@109')]).toEqual([490, 48]);
  });

  it('that is frozen is waited for', async () => {
    shop.isFrozen = true;
    await expect(trial.outlet.tell({ ...update, content: { kind: 'accepted' } })).rejects.toMatchObject({
      ...{ name: 'Away', message: expect.stringMatching(/402.*Unavailable Shop/) },
    });
  });

  it('is asked nothing that its bucket has no room for', async () => {
    shop.points = 12;
    await trial.outlet.tell({ ...update, content: { kind: 'accepted' } });
    shop.points = 5;
    await expect(trial.outlet.tell({ ...update, content: { kind: 'accepted' } })).rejects.toBeInstanceOf(Throttled);
    const asked = shop.questions;
    await expect(trial.outlet.tell({ ...update, content: { kind: 'accepted' } })).rejects.toBeInstanceOf(Throttled);
    expect(shop.questions).toBe(asked);
  });
});
