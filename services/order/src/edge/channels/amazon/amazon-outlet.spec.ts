import { AmazonOrder, AmazonSeller, publishedExample } from '@cartage/testkit';
import { systemClock, Unfinished } from '@cartage/eventsourcing';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { UpdateContent } from '../../../app/channels/channel-update';
import { contractLines, outletContract, type KnownThere, type OutletOnTrial } from '../outlet.contract';
import { amazonOutlet } from './amazon-outlet';
import { feedLogContract } from './feed-log.contract';
import { MemoryFeedLog } from './memory-feed-log.fixture';

let seller: AmazonSeller;
let order: AmazonOrder;
let trial: OutletOnTrial;
const inMemory = new MemoryFeedLog();

const known = (): KnownThere => ({
  parcels: [...order.packages.values()].map(({ trackingNumber, items }) => ({
    trackingNumber,
    units: Object.fromEntries(items.map(({ orderItemId, quantity }) => [orderItemId, quantity])),
  })),
  cancelledUnits: Object.fromEntries(order.removed),
  cancelled: order.cancellations,
  refunded: order.givenBack.reduce((sum, { amount }) => sum + amount, 0),
  stock: Object.fromEntries(seller.stock),
  prices: Object.fromEntries(seller.prices),
});

const paid = { 1: 3_000, 2: 2_000 } as const;

beforeEach(async () => {
  seller = new AmazonSeller();
  const account = { ...(await seller.start()), clock: systemClock, feedLog: new MemoryFeedLog() };
  for (const { sku } of contractLines) seller.skus.add(sku);
  const lines = contractLines.map(({ lineId, sku, quantity }) => ({ id: lineId, sku, quantity, paid: paid[lineId] }));
  order = seller.sell(new AmazonOrder({ id: '305-1234567-1234567', lines, currency: 'EUR' }));
  trial = {
    outlet: amazonOutlet(account, new Map([['*', 'DEFAULT']])),
    externalOrderId: order.id,
    known,
    giveBack: (amount) => order.givenBack.push({ itemId: '1', amount }),
    strike: (...faults) => seller.strike(...faults),
  };
});
afterEach(() => seller.stop());

outletContract('a seller at Amazon', () => trial);
feedLogContract('this process', () => inMemory);

const update = { updateId: 'u-1', channel: 'shop', externalOrderId: '305-1234567-1234567', attempts: 1, backInAll: 0 };
const tell = (content: UpdateContent, more: Partial<typeof update> = {}) => trial.outlet.tell({ ...update, ...more, content });
const less = (lineId: string): UpdateContent => ({
  ...{ kind: 'units-cancelled', reason: 'stock-short' },
  lines: [{ lineId, sku: 'A', quantity: 1 }],
});

describe('a seller at Amazon', () => {
  it('says what has no number with one, and a carrier that Amazon has no code for by its name', async () => {
    const lines = [{ lineId: '2', sku: 'B', quantity: 1 }];
    await tell({ kind: 'dispatched', lines, dispatchedAt: '2026-11-27T10:00:00.000Z' });
    await tell(
      { kind: 'dispatched', carrier: 'Nightmail', trackingNumber: 'N-1', lines, dispatchedAt: '2026-11-27T10:00:00.000Z' },
      { updateId: 'u-2' },
    );
    const self = { carrierCode: 'Other', carrierName: 'Self Delivery', trackingNumber: expect.stringMatching(/^SELF-\d+$/) };
    expect(seller.asked.map(({ body }) => body)).toMatchObject([
      { marketplaceId: 'A1PA6795UKMFR9', packageDetail: self },
      { packageDetail: { carrierCode: 'Other', carrierName: 'Nightmail', trackingNumber: 'N-1' } },
    ]);
  });

  it('asks for one access token, and for another one when it is kept out', async () => {
    await Promise.all([tell(less('1')), tell({ kind: 'cancelled', reason: 'fraud' }, { updateId: 'u-2' })]);
    expect(seller.tokens).toBe(1);
    seller.strike('denied');
    await expect(tell(less('2'), { updateId: 'u-3' })).rejects.toMatchObject({ name: 'Away' });
    await tell(less('2'), { updateId: 'u-3', attempts: 2 });
    expect(seller.tokens).toBe(2);
  });

  it('is waited for while it is at work on a feed, and nothing is handed over twice', async () => {
    seller.isBusy = true;
    for (const attempts of [1, 2]) await expect(tell(less('1'), { attempts })).rejects.toBeInstanceOf(Unfinished);
    seller.isBusy = false;
    expect(await tell(less('1'), { attempts: 3 })).toMatchObject({ status: 'told' });
    expect([seller.feedsMade, known().cancelledUnits]).toEqual([1, { 1: 1 }]);
  });

  it('made a feed whose answer was lost, which is found, also where its clock is behind ours', async () => {
    seller.now = () => new Date(Date.now() - 120_000);
    seller.strike('none', 'none', 'none', 'none', 'lost');
    await expect(tell(less('1'))).rejects.toMatchObject({ name: 'Away' });
    await tell(less('1'), { attempts: 2 });
    expect([seller.feedsMade, known().cancelledUnits]).toEqual([1, { 1: 1 }]);
  });

  it('is told what waits together in one feed, and each is answered for itself', async () => {
    seller.strike('none', 'none', 'broken');
    await expect(tell(less('9'))).rejects.toMatchObject({ name: 'Away' });
    expect(await tell(less('1'), { updateId: 'u-2' })).toMatchObject({ status: 'told' });
    await expect(tell(less('9'), { attempts: 2 })).rejects.toMatchObject({ code: 'CHANNEL_REFUSED' });
    expect([seller.feedsMade, known().cancelledUnits]).toEqual([1, { 1: 1 }]);
  });

  it('refuses what it is told by a feed with its own words; sent again, it is told anew', async () => {
    const strange = less('9');
    for (const attempts of [1, 2])
      await expect(tell(strange, { attempts })).rejects.toMatchObject({
        code: 'CHANNEL_REFUSED',
        errors: [{ field: 'message', code: '18028', message: 'Item 9 cannot be adjusted so.' }],
      });
    expect(seller.feedsMade).toBe(1);
    await expect(tell(strange, { attempts: 1 })).rejects.toMatchObject({ code: 'CHANNEL_REFUSED' });
    expect(seller.feedsMade).toBe(2);
  });

  it('gives nothing back beyond what was paid', async () => {
    const refund = { kind: 'refunded', refundId: 'r-1', amount: 5_001, currency: 'EUR' } as const;
    await expect(tell(refund, { backInAll: 5_001 })).rejects.toMatchObject({
      errors: [{ field: 'ItemPriceAdjustments', code: 'NOT_ENOUGH_LEFT' }],
    });
    expect(seller.feedsMade).toBe(0);
  });

  it('is told a price where it sells in that currency, as the model of its offers documents it, and keeps what stands beside it', async () => {
    const price = { sku: 'A', unitPrice: 1_999, currency: 'EUR', taxIncluded: true };
    await trial.outlet.setPrices?.([price], 'key');
    expect(seller.asked.map(({ body }) => body)).toEqual([
      {
        productType: 'PRODUCT',
        patches: [
          {
            ...{ op: 'merge', path: '/attributes/purchasable_offer' },
            value: [{ marketplace_id: 'A1PA6795UKMFR9', currency: 'EUR', our_price: [{ schedule: [{ value_with_tax: 19.99 }] }] }],
          },
        ],
      },
    ]);
    expect(await trial.outlet.setPrices?.([{ ...price, currency: 'USD' }], 'key')).toEqual([
      { code: 'CHANNEL_REFUSED', faults: [expect.objectContaining({ field: 'currency' })] },
    ]);
  });

  it.each([
    ['confirmShipment', 'ordersV0.json', 'ConfirmShipmentRequest'],
    ['patchListingsItem', 'listingsItems_2021-08-01.json', 'ListingsItemPatchRequest'],
    ['createFeedDocument', 'feeds_2021-06-30.json', 'CreateFeedDocumentSpecification'],
    ['createFeed', 'feeds_2021-06-30.json', 'CreateFeedSpecification'],
  ])('is told by %s as Amazon’s published model has it, where %s is here', async (operation, file, name) => {
    const lines = [{ lineId: '2', sku: 'B', quantity: 1 }];
    await tell({ kind: 'dispatched', carrier: 'DHL', trackingNumber: 'T-1', lines, dispatchedAt: '2026-11-27T10:00:00.000Z' });
    await tell(less('1'), { updateId: 'u-2' });
    await trial.outlet.setStock?.([{ sku: 'A', network: 5, locations: {} }], 'key');
    const [sent] = seller.asked.filter((each) => each.operation === operation);
    expect(sent?.body).toEqual(expect.any(Object));
    const model = publishedExample(`amazon-sp-api/${file}`) as { readonly definitions: object } | undefined;
    const check = addFormats(new Ajv({ strict: false })).compile(
      model ? { definitions: model.definitions, $ref: `#/definitions/${name}` } : {},
    );
    expect(check(sent?.body) ? [] : check.errors).toEqual([]);
  });
});
