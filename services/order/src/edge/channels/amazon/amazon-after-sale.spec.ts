import { manualClock, type ManualClock } from '@cartage/eventsourcing';
import { AmazonOrder, AmazonSeller, type AmazonReturnRow } from '@cartage/testkit';
import { pollingAfterSale, type PollLog } from '../../../app/channels/polling';
import type { ChannelEnvelope } from '../../../app/channels/connector';
import { amazon } from './amazon';
import { amazonSource } from './amazon-source';

const connector = amazon(['c2VjcmV0'], () => new Date());
/** A row of the report that Amazon documents, by the names of its columns. */
const row = (more: AmazonReturnRow = {}): AmazonReturnRow => ({
  ...{ 'Order ID': '305-1', 'Order date': '10-Nov-2026', 'Return request date': '14-Nov-2026', 'Return request status': 'Approved' },
  ...{ 'Amazon RMA ID': 'DfqRyqfBRRMA', 'Merchant RMA ID': '', 'Label type': 'AmazonPrePaidLabel', 'Currency code': 'EUR', ASIN: 'B01' },
  ...{ 'Merchant SKU': 'A', 'Item Name': 'Lantern', 'Return quantity': '1', 'Return Reason': 'CR-TOO_SMALL', Resolution: 'StandardRefund' },
  ...more,
});
const wordOf = (envelope: ChannelEnvelope) => connector.afterSaleIn(envelope);

let seller: AmazonSeller;
let clock: ManualClock;
let kept: Map<string, { next: number; to: string }>;
let taken: ChannelEnvelope[];
let onTaken: (envelope: ChannelEnvelope) => void;

const noon = '2026-11-27T12:00:00.000Z';
const began = '2026-11-27T10:30:00.000Z';
const log: PollLog = {
  take: async (name, { now, until }) => {
    const { next, to } = kept.get(name) ?? { next: 0, to: began };
    if (next > now.getTime()) return undefined;
    kept.set(name, { next: until.getTime(), to });
    return to;
  },
  due: async () => undefined,
  keep: async () => undefined,
  end: async (name, { at, askedTo }) => void kept.set(name, { next: at.getTime(), to: askedTo ?? kept.get(name)?.to ?? began }),
};

beforeEach(() => {
  seller = new AmazonSeller();
  clock = manualClock(noon);
  seller.now = () => clock.now();
  kept = new Map();
  taken = [];
  onTaken = () => undefined;
});
afterEach(() => seller.stop());

const begin = async () => {
  const source = amazonSource({ ...(await seller.start()), clock });
  const take = async (_: string, envelope: ChannelEnvelope) => {
    taken.push(envelope);
    onTaken(envelope);
  };
  return pollingAfterSale({ sources: new Map([['shop', source]]), log, take, newId: () => 'id', clock });
};
const returns = () => taken.filter(({ topic }) => topic === 'return-report');
const refunds = () => taken.filter(({ topic }) => topic === 'order-refunds');
const sold = (id: string) =>
  seller.sell(new AmazonOrder({ id, lines: [{ id: '1', sku: 'A', quantity: 2, paid: 2_000 }], currency: 'EUR' }));

describe('returns that Amazon reports', () => {
  it('are asked for by a report, which is looked for until it is there, and made once an hour', async () => {
    const poll = await begin();
    seller.reports.rows.push(row(), row({ 'Merchant SKU': 'B' }), row({ 'Amazon RMA ID': 'Other' }));
    seller.reports.outcome = 'IN_PROGRESS';
    await poll();
    await clock.advance(180_000);
    await poll();
    expect([seller.reports.count, returns()]).toEqual([1, []]);
    seller.reports.finish();
    await clock.advance(180_000);
    await poll();
    expect(returns().map(wordOf)).toMatchObject([
      { channelReturnId: 'DfqRyqfBRRMA', lines: [{ sku: 'A' }, { sku: 'B' }] },
      { channelReturnId: 'Other', lines: [{ sku: 'A' }] },
    ]);
    await clock.advance(180_000);
    await poll();
    expect([seller.reports.count, returns().length]).toEqual([1, 2]);
    await clock.advance(3_600_000);
    await poll();
    expect(seller.reports.count).toBe(2);
  });

  it.each([
    'text/plain; charset=UTF-8',
    'text/plain;charset=Cp1252',
    'text/plain; charset="ISO-8859-1"',
    'text/plain',
    'text/plain; charset=none',
  ])('are read in the letters that they come in: %s', async (contentType) => {
    const poll = await begin();
    seller.reports.contentType = contentType;
    seller.reports.rows.push(row({ 'Merchant SKU': 'GRÖßE-Ü' }));
    await poll();
    await clock.advance(180_000);
    await poll();
    expect(returns().map(wordOf)).toMatchObject([{ lines: [{ sku: 'GRÖßE-Ü' }] }]);
  });

  it('are none where Amazon calls the report off; one that it could not make is made again', async () => {
    const poll = await begin();
    seller.reports.outcome = 'FATAL';
    await poll();
    await clock.advance(180_000);
    await poll();
    expect(seller.reports.count).toBe(1);
    seller.reports.outcome = 'CANCELLED';
    await clock.advance(1_800_000);
    await poll();
    expect(seller.reports.count).toBe(2);
    const [, made] = [kept.get('shop#returns')?.to, clock.now().toISOString()];
    await clock.advance(180_000);
    await poll();
    expect([returns(), kept.get('shop#returns')?.to]).toEqual([[], made]);
  });

  const read = (...rows: readonly AmazonReturnRow[]) => connector.afterSaleIn({ topic: 'return-report', payload: { rows } });

  it('are read by the columns that Amazon documents; newer reports name the item', () => {
    expect(read(row())).toEqual({
      ...{ kind: 'return', externalOrderId: '305-1', channelReturnId: 'DfqRyqfBRRMA', standing: 'approved' },
      lines: [{ sku: 'A', quantity: 1, reason: 'cr-too-small', field: 'rows[0].Merchant SKU' }],
      saidAt: '2026-11-14T00:00:00.000Z',
    });
    expect(read(row({ 'Order Item ID': '1', 'Return request date': '2026-11-14' }))).toMatchObject({
      ...{ saidAt: '2026-11-14T00:00:00.000Z' },
      lines: [{ lineId: '1', field: 'rows[0].Order Item ID' }],
    });
  });

  it.each([
    ['Pending Approval', 'requested'],
    ['Approved', 'approved'],
    ['Completed', 'approved'],
    ['Closed', 'closed'],
    ['Denied', 'declined'],
    ['Canceled', 'cancelled'],
  ])('that are %s are %s', (status, standing) => {
    expect(read(row({ 'Return request status': status }))).toMatchObject({ standing });
  });

  it('are refused by the names of their columns, and their order is known all the same', () => {
    const broken = row({ 'Return request status': 'constructor', 'Amazon RMA ID': '', 'Return quantity': '0', 'Merchant SKU': '' });
    const fields = ['Return request status', 'Amazon RMA ID', 'Return quantity', 'Merchant SKU'].map((name) => `rows[0].${name}`);
    expect(() => read(broken)).toThrow(
      expect.objectContaining({ errors: expect.arrayContaining(fields.map((field) => expect.objectContaining({ field }))) }),
    );
    expect(connector.numberIn({ topic: 'return-report', payload: { rows: [broken] } })).toBe('305-1');
    expect(() => read()).toThrow(/rows must be rows/);
  });
});

describe('money that went back, by the books of Amazon', () => {
  it('is asked for by order, whole, and once as long as nothing more comes', async () => {
    const poll = await begin();
    const [one, other] = [sold('305-1'), sold('305-2')];
    one.givenBack.push({ itemId: '1', amount: 300, quantity: 1, at: '2026-11-26T12:00:00Z' });
    one.givenBack.push({ itemId: '1', amount: 200, at: '2026-11-25T12:00:00Z' });
    other.givenBack.push({ itemId: '1', amount: 100, at: '2026-11-20T12:00:00Z' });
    seller.pageSize = 1;
    await poll();
    expect(new Set(refunds().map(({ messageId }) => messageId)).size).toBe(1);
    expect(refunds().map(wordOf)[0]).toEqual({
      ...{ kind: 'refunds', externalOrderId: '305-1' },
      refunds: [
        { channelRefundId: '305-1-1', amount: 200, currency: 'EUR', lines: [], refundedAt: '2026-11-25T12:00:00.000Z' },
        {
          ...{ channelRefundId: '305-1-0', amount: 300, currency: 'EUR', refundedAt: '2026-11-26T12:00:00.000Z' },
          lines: [{ lineId: '1', quantity: 1, field: 'RefundEventList[0].ShipmentItemAdjustmentList[0].OrderItemId' }],
        },
      ],
    });
    const before = refunds().length;
    await clock.advance(1_800_000);
    await poll();
    expect(refunds()).toHaveLength(before);
    one.givenBack.push({ itemId: '1', amount: 50, at: '2026-11-27T12:10:00Z' });
    await clock.advance(1_800_000);
    await poll();
    expect(refunds()).toHaveLength(before + 1);
  });

  it('is there on many pages, also where each order takes longer than Amazon keeps the name of a page', async () => {
    const poll = await begin();
    for (const id of ['305-1', '305-2', '305-3']) sold(id).givenBack.push({ itemId: '1', amount: 100, at: '2026-11-26T12:00:00Z' });
    seller.pageSize = 1;
    let late = 0;
    seller.now = () => new Date(clock.now().getTime() + late);
    onTaken = () => {
      late += 200_000;
    };
    await poll();
    expect(refunds().map((envelope) => connector.numberIn(envelope))).toEqual(['305-1', '305-2', '305-3']);
  });

  it('is not asked for again of orders that were taken before one failed', async () => {
    const poll = await begin();
    for (const id of ['305-1', '305-2']) sold(id).givenBack.push({ itemId: '1', amount: 100, at: '2026-11-26T12:00:00Z' });
    onTaken = (envelope) => {
      if (connector.numberIn(envelope) === '305-2') throw new Error('The database is away.');
    };
    await expect(poll()).rejects.toThrow('away');
    onTaken = () => undefined;
    await clock.advance(30_000);
    await poll();
    expect(refunds().map((envelope) => connector.numberIn(envelope))).toEqual(['305-1', '305-2', '305-2']);
  });

  const read = (payload: unknown) => connector.afterSaleIn({ topic: 'order-refunds', payload });
  const money = (CurrencyAmount: unknown) => ({ CurrencyCode: 'EUR', CurrencyAmount });
  const item = (more: object = {}) => ({
    ...{ OrderItemId: '1', SellerSKU: 'A', QuantityShipped: 1, OrderAdjustmentItemId: '66012345' },
    ItemChargeAdjustmentList: [
      { ChargeType: 'Principal', ChargeAmount: money(-20) },
      { ChargeType: 'Tax', ChargeAmount: money(-3.8) },
    ],
    PromotionAdjustmentList: [{ PromotionType: 'PromotionMetaDataDefinitionValue', PromotionAmount: money(2) }],
    ...more,
  });
  const events = (list: string, ...items: readonly object[]) => ({
    AmazonOrderId: '305-1',
    [list]: [{ AmazonOrderId: '305-1', PostedDate: '2026-11-26T12:00:00Z', ShipmentItemAdjustmentList: items }],
  });

  it('is what its customer has of it: charges less the promotions that were paid for; of a guarantee claim, too', () => {
    for (const list of ['RefundEventList', 'GuaranteeClaimEventList'])
      expect(read(events(list, item()))).toMatchObject({ refunds: [{ channelRefundId: '66012345', amount: 2_180 }] });
  });

  it('is named by what it says where Amazon has no number for it; the same again is the same', () => {
    const unnamed = events('RefundEventList', item({ OrderAdjustmentItemId: undefined }));
    expect(read(unnamed)).toEqual(read(structuredClone(unnamed)));
    expect(read(unnamed)).toMatchObject({ refunds: [{ channelRefundId: expect.stringMatching(/^[0-9a-f]{32}$/) }] });
  });

  it('is refused with the field that is wrong', () => {
    const broken = item({ OrderItemId: undefined, ItemChargeAdjustmentList: [{ ChargeAmount: money('1,50') }] });
    const at = 'RefundEventList[0].ShipmentItemAdjustmentList[0].';
    expect(() => read(events('RefundEventList', broken))).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ field: `${at}ItemChargeAdjustmentList.ChargeAmount` }),
          expect.objectContaining({ field: `${at}OrderItemId` }),
        ],
      }),
    );
    expect(connector.numberIn({ topic: 'order-refunds', payload: events('RefundEventList', broken) })).toBe('305-1');
    expect(() => read([])).toThrow(/body must be the financial events/);
  });
});
