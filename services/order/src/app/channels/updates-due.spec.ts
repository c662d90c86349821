import { sampleOf } from '@cartage/testkit';
import { fold } from '@cartage/eventsourcing';
import { order } from '../../domain/order';
import { placing } from '../../domain/order.fixture';
import type { PlacedOrder } from '../../domain/state';
import { addedHere, dueOfOrder, dueOfPayment, dueOfReturns, dueOfShipping, withoutLines, type UpdateDue } from './updates-due';

const paidBy = (method: 'prepaid' | 'card' | 'cod'): PlacedOrder => {
  const payments = placing.payments.map((payment) => ({ ...payment, method }));
  const folded = fold(order, [{ type: 'OrderPlaced', data: { ...placing, payments } }]);
  if (!folded) throw new Error('It was not placed.');
  return folded;
};
const open = paidBy('prepaid');
const paymentId = placing.payments[0]?.paymentId ?? '';
const contents = (due: readonly { readonly content: unknown }[] | undefined) => due?.map(({ content }) => content);
const cancelled = (code: string) => ({
  ...sampleOf('LineCancelled'),
  lines: [{ lineId: '1', sku: 'LANTERN', quantity: 1 }],
  reason: { code, by: 'operator' as const },
});

describe('what a channel is to be told', () => {
  it('is each parcel with its own number and units', () => {
    const parcels = ['T-1', 'T-2'].map((trackingNumber, i) => ({
      parcelId: String(i),
      trackingNumber,
      lines: [{ lineId: '1', sku: 'LANTERN', quantity: 1 }],
    }));
    const due = dueOfShipping.ShipmentDispatched?.({ ...sampleOf('ShipmentDispatched'), parcels }, open);
    expect(due?.map(({ part }) => part)).toEqual(['0', '1']);
    expect(contents(due)).toMatchObject([{ trackingNumber: 'T-1' }, { trackingNumber: 'T-2', lines: [{ lineId: '1', quantity: 1 }] }]);
  });

  it('is what was fetched at a counter, without a number that nobody could follow', () => {
    const due = dueOfShipping.ShipmentDispatched?.({ ...sampleOf('ShipmentDispatched'), carrier: 'counter' }, open);
    expect(due?.map(({ part }) => part)).toEqual(['dispatched']);
    expect(contents(due)).toEqual([expect.not.objectContaining({ trackingNumber: expect.anything() as unknown })]);
  });

  it('is units that will not ship; not those that it cancelled itself, that came back to their origin, or that an order cancelled as a whole has', () => {
    expect(contents(dueOfOrder.LineCancelled?.(cancelled('stock-short'), open))).toEqual([
      { kind: 'units-cancelled', lines: [{ lineId: '1', sku: 'LANTERN', quantity: 1 }], reason: 'stock-short' },
    ]);
    for (const code of ['channel-cancelled', 'channel-edited', 'returned-to-origin'])
      expect(dueOfOrder.LineCancelled?.(cancelled(code), open)).toEqual([]);
    const whole = { ...open, ended: { as: 'cancelled', at: placing.placedAt } } as const;
    expect(dueOfOrder.LineCancelled?.(cancelled('stock-short'), whole)).toEqual([]);
  });

  it('is that an order was cancelled, unless it says so itself', () => {
    const gone = (code: string) => ({ ...sampleOf('OrderCancelled'), reason: { code, by: 'operator' as const } });
    expect(contents(dueOfOrder.OrderCancelled?.(gone('fraud'), open))).toEqual([{ kind: 'cancelled', reason: 'fraud' }]);
    expect(dueOfOrder.OrderCancelled?.(gone('channel-cancelled'), open)).toEqual([]);
  });

  it('is what an edit of ours takes away, and not what it adds', () => {
    const [first, second] = placing.lines;
    if (!first || !second) throw new Error('The order has two lines.');
    const lines = [
      { lineId: '1', before: first },
      { lineId: '2', before: second, after: { ...second, quantity: 5 } },
    ];
    const edit = { ...sampleOf('OrderEdited'), lines, reason: { code: 'substituted', by: 'operator' as const } };
    expect(contents(dueOfOrder.OrderEdited?.(edit, open))).toMatchObject([
      { kind: 'units-cancelled', lines: [{ lineId: '1', quantity: 2 }] },
    ]);
  });

  it('is nothing of what was added here: it has no number for it, and hears of the rest all the same', () => {
    const [line] = placing.lines;
    if (!line) throw new Error('The order has lines.');
    const edit = (lineId: string, by: 'operator' | 'channel') => ({
      type: 'OrderEdited' as const,
      data: {
        ...sampleOf('OrderEdited'),
        lines: [
          { lineId, after: line },
          { lineId: '1', before: line },
        ],
        reason: { code: 'x', by },
      },
    });
    const added = addedHere([edit('substitute', 'operator'), edit('2', 'channel')]);
    const units = (...ids: readonly string[]) => ids.map((lineId) => ({ lineId, sku: 'S', quantity: 1 }));
    const parcel = (...ids: readonly string[]): UpdateDue => ({
      part: '1',
      content: { kind: 'dispatched', lines: units(...ids), dispatchedAt: placing.placedAt },
    });
    expect(withoutLines(parcel('1', 'substitute', '2'), added)).toEqual([parcel('1', '2')]);
    expect(withoutLines(parcel('substitute'), added)).toEqual([]);
    const accepted: UpdateDue = { part: 'accepted', content: { kind: 'accepted' } };
    expect(withoutLines(accepted, added)).toEqual([accepted]);
  });

  it('is money that it took: given back, or not charged after all', () => {
    const money = { paymentId, amount: 500, currency: 'GBP' };
    const refund = { ...sampleOf('ChannelRefundRequested'), ...money };
    const voided = { ...sampleOf('PaymentVoided'), ...money };
    expect(contents(dueOfPayment.ChannelRefundRequested?.(refund, open))).toMatchObject([
      { kind: 'refunded', refundId: refund.refundId, amount: 500 },
    ]);
    expect(contents(dueOfPayment.PaymentVoided?.(voided, open))).toMatchObject([
      { kind: 'refunded', refundId: voided.voidId, amount: 500 },
    ]);
    for (const method of ['card', 'cod'] as const) {
      expect(dueOfPayment.ChannelRefundRequested?.(refund, paidBy(method))).toEqual([]);
      expect(dueOfPayment.PaymentVoided?.(voided, paidBy(method))).toEqual([]);
    }
  });

  it('counts money that it gave of its own accord; what it was asked for was planned when it was', () => {
    const issued = { ...sampleOf('RefundIssued'), paymentId, amount: 500, currency: 'GBP', tender: 'original' as const };
    expect(dueOfPayment.RefundIssued?.(issued, open)).toEqual([]);
    expect(contents(dueOfPayment.RefundIssued?.({ ...issued, unasked: true }, open))).toMatchObject([{ kind: 'refunded', unasked: true }]);
  });

  it('is what becomes of the returns that it opened: allowed or not, and that they are over, unless it said so itself', () => {
    const lines = (quantity: number) => [{ lineId: '1', sku: 'LANTERN', quantity }];
    const returnOf = (standing: 'requested' | 'approved' | 'closed', units = 2): PlacedOrder => {
      const returns = new Map([['rma', { channelReturnId: '71', returnId: 'rma', standing, lines: lines(units) }]]);
      return { ...open, afterSale: { ...open.afterSale, returns } };
    };
    const told = (type: keyof typeof dueOfReturns, data: object, of: PlacedOrder) =>
      (dueOfReturns[type] as (data: object, of: PlacedOrder) => ReturnType<NonNullable<typeof dueOfPayment.RefundIssued>>)(data, of);
    const authorized = { ...sampleOf('ReturnAuthorized'), returnId: 'rma', by: 'policy' };
    const declined = { ...sampleOf('ReturnDeclined'), returnId: 'rma', reason: { code: 'final-sale', by: 'policy' } };
    expect(contents(told('ReturnAuthorized', authorized, returnOf('requested')))).toEqual([
      { kind: 'return-approved', channelReturnId: '71' },
    ]);
    expect(told('ReturnAuthorized', authorized, returnOf('approved'))).toEqual([]);
    expect(told('ReturnAuthorized', { ...authorized, by: 'channel' }, returnOf('requested'))).toEqual([]);
    expect(contents(told('ReturnDeclined', { ...declined, lines: lines(2) }, returnOf('requested')))).toEqual([
      { kind: 'return-declined', channelReturnId: '71', reason: 'final-sale' },
    ]);
    expect(told('ReturnDeclined', { ...declined, lines: lines(1) }, returnOf('requested'))).toEqual([]);
    const closed = { ...sampleOf('ReturnClosed'), returnId: 'rma' };
    expect(contents(told('ReturnClosed', closed, returnOf('approved')))).toEqual([
      { kind: 'return-closed', channelReturnId: '71', how: 'closed' },
    ]);
    expect(told('ReturnClosed', closed, returnOf('closed'))).toEqual([]);
    expect(told('ReturnClosed', closed, open)).toEqual([]);
    const expired = { ...sampleOf('ReturnExpired'), returnId: 'rma' };
    expect(told('ReturnExpired', { ...expired, lines: lines(1) }, returnOf('approved'))).toEqual([]);
    expect(contents(told('ReturnExpired', { ...expired, lines: lines(2) }, returnOf('approved')))).toMatchObject([{ how: 'expired' }]);
  });
});
