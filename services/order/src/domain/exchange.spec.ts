import { EXCHANGE, type LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import type { OrderEvent } from './events';
import { exchangeOrderOf } from './exchange-order';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import type { OrderCommand } from './order';
import { id, minute, now, occasion, orderId, placing } from './order.fixture';
import { historyFrom, stateOf, type Step } from './story.fixture';
import { tell } from './telling.fixture';

const settleBy = minute(60 * 24 * 40);
const requested = {
  ...{ orderId, exchangeId: id(80), returnId: id(7), replacementOrderId: id(81), currency: 'GBP', credit: 280, advance: false, settleBy },
  lines: [{ lineId: '2', sku: 'MUG', quantity: 1, paid: 280, wanted: [{ sku: 'MUG-BLUE', quantity: 1 }] }],
  requestedAt: minute(1),
};
const [creditId, differenceId] = [id(82), id(83)];
const unlisted = () => undefined;
const first = stateOf([{ type: 'OrderPlaced', data: placing }]);
const made = (changes: Partial<typeof requested> = {}, priceOf: Parameters<typeof exchangeOrderOf>[1]['priceOf'] = unlisted) =>
  exchangeOrderOf(first, { exchange: { ...requested, ...changes }, paymentIds: [creditId, differenceId], priceOf });
const withGoods = (goods: { readonly quantity: number; readonly unitPrice?: number }) => ({
  lines: [{ ...requested.lines[0], wanted: [{ sku: 'MUG-BLUE', ...goods }] }] as typeof requested.lines,
});

describe('an order of other goods', () => {
  it('costs what was paid for those that come back where nobody says otherwise, and that pays for it', () =>
    expect(made()).toMatchObject({
      ...{ orderId: id(81), channel: placing.channel, personal: placing.personal, policies: placing.policies },
      lines: [{ lineId: '1', sku: 'MUG-BLUE', quantity: 1, unitPrice: 233, taxLines: [{ name: 'VAT 20 %', amount: 47 }], total: 280 }],
      shipGroups: [{ shipGroupId: '1', charge: 0, taxLines: [] }],
      totals: { goods: 233, discount: 0, shipping: 0, tax: 47, total: 280 },
      payments: [{ paymentId: creditId, method: EXCHANGE, amount: 280 }],
      replaces: { orderId, exchange: { exchangeId: id(80), advance: false, settleBy } },
    }));

  it('is worth that to the last penny, however many units it is shared over', () => {
    const order = made(withGoods({ quantity: 3 }));
    expect(order.lines).toMatchObject([{ quantity: 3, unitPrice: 78, discounts: [{ code: EXCHANGE, amount: 1 }], total: 280 }]);
    expect(order.totals.total).toBe(280);
  });

  it('costs what a price list says now, taxed as what it stands for; the customer pays the difference by a link', () => {
    const listed = made({}, ({ sku, shipGroupId }) =>
      sku === 'MUG-BLUE' && shipGroupId === '1' ? { list: 'web-gb', revision: 4, unitPrice: 300 } : undefined,
    );
    expect(listed).toMatchObject({
      lines: [{ unitPrice: 300, priceList: 'web-gb@4', taxLines: [{ amount: 60 }], total: 360 }],
      payments: [
        { paymentId: creditId, method: EXCHANGE, amount: 280 },
        { paymentId: differenceId, method: 'pay_link', amount: 80 },
      ],
    });
  });

  it('costs what was said to the customer, before any list, and never takes more of the credit than it costs', () => {
    const cheap = made(withGoods({ quantity: 1, unitPrice: 100 }), () => ({ list: 'web-gb', revision: 4, unitPrice: 300 }));
    expect(cheap).toMatchObject({ lines: [{ unitPrice: 100, total: 120 }], payments: [{ method: EXCHANGE, amount: 120 }] });
    expect(cheap.lines[0]).not.toHaveProperty('priceList');
  });
});

const units: readonly LineQuantity[] = [{ lineId: '1', sku: 'MUG-BLUE', quantity: 1 }];
const otherOrder = id(81);
const begin = (advance = false): readonly OrderEvent[] => [{ type: 'OrderPlaced', data: { ...made({ advance }), placedAt: now } }];
const reserved: Fact = { type: 'StockReserved', data: { ...facts.reserved.data, orderId: otherOrder, lines: units } };
const authorized: Fact = {
  type: 'PaymentAuthorized',
  data: { ...facts.authorized.data, orderId: otherOrder, paymentId: creditId, amount: 280, method: EXCHANGE },
};
const settled = (amount: number, outcome = 'credited'): Fact =>
  tell('ExchangeSettled', {
    ...{ orderId: otherOrder, exchangeId: id(80), returnId: id(7), replacementOrderId: otherOrder, currency: 'GBP', amount, outcome },
    ...{ expected: 280, settledAt: minute(30) },
  });
const meet = (at: string): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(95), at) });
const after = (advance: boolean, ...steps: readonly Step[]) => stateOf(historyFrom(begin(advance), steps));
const holds = (...steps: readonly Step[]) => after(false, ...steps).holds.map(({ type }) => type);

describe('an order that is exchanged for goods that come back', () => {
  it('waits for them, and is confirmed when they are', () => {
    expect(after(false, reserved, authorized).holds).toMatchObject([{ type: 'exchange', until: settleBy }]);
    expect(after(false, reserved, authorized).confirmedAt).toBeUndefined();
    const order = after(false, reserved, authorized, settled(280));
    expect([order.holds, order.confirmedAt]).toEqual([[], expect.any(String)]);
  });

  it('does not wait in advance', () => expect(after(true, reserved, authorized).confirmedAt).toBeDefined());

  it('waits for money where less came back than was reckoned with, and is given up where nobody pays', () => {
    expect(holds(reserved, authorized, settled(200))).toEqual(['payment-due']);
    const paid: Fact = {
      type: 'PayLinkUsed',
      data: { ...facts.payLinkUsed.data, orderId: otherOrder, paymentId: id(84), amount: 80, replaces: [] },
    };
    const promised: Fact = {
      type: 'PaymentAuthorized',
      data: { ...facts.authorized.data, orderId: otherOrder, paymentId: id(84), amount: 80, authorizationId: id(85) },
    };
    expect(after(false, reserved, authorized, settled(200), paid, promised).confirmedAt).toBeDefined();
    expect(after(false, reserved, authorized, settled(200), meet(minute(60 * 24 * 9))).ended).toMatchObject({ as: 'cancelled' });
  });

  it('ends where nothing came back, and where that takes too long', () => {
    expect(after(false, reserved, authorized, settled(0, 'lapsed')).ended).toMatchObject({ as: 'cancelled' });
    expect(after(false, reserved, authorized, meet(settleBy)).ended).toMatchObject({ as: 'cancelled' });
  });

  it('is sent all the same where a person lets it', () => {
    const [hold] = after(false, reserved, authorized).holds;
    const release: OrderCommand = {
      type: 'ReleaseHold',
      data: { ...occasion(id(96)), holdId: hold?.holdId ?? '', by: 'operator', actor: 'user-17' },
    };
    const order = after(false, reserved, authorized, release);
    expect([order.holds, order.confirmedAt]).toEqual([[], expect.any(String)]);
    expect(after(false, reserved, authorized, release, meet(settleBy)).ended).toBeUndefined();
  });

  it('hears nothing of exchanges of others', () =>
    expect(holds(reserved, authorized, { ...settled(280), data: { ...settled(280).data, exchangeId: id(99) } } as Fact)).toEqual([
      'exchange',
    ]));

  it('ends in the same, in whatever order it is told', () =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray([reserved, authorized, settled(280)], { minLength: 3 }),
        fc.shuffledSubarray([reserved, authorized, settled(200)], { minLength: 3 }),
        (whole, short) => {
          expect(after(false, ...whole).confirmedAt).toBeDefined();
          const order = after(false, ...short);
          expect([order.confirmedAt, order.holds.map(({ type }) => type)]).toEqual([undefined, ['payment-due']]);
        },
      ),
      { numRuns: 12 },
    ));
});
