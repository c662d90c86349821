import { specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { PaymentCommand } from './commands';
import { channelCredit } from './channel-refunds';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { sumsOf } from './ledger';
import { isKnown, type Payment } from './payment';
import {
  authorizationId,
  byCustomer,
  capturedByChannel,
  captureId,
  chargedToChannel,
  money,
  now,
  orderId,
  paymentId,
  prepaid,
  refundId,
  returnId,
  voidId,
} from './payment.fixture';

const { given } = specFor(payment);
const charged = [...prepaid, chargedToChannel, capturedByChannel] as const;
const another = '0192f0c0-0000-7000-8000-0000000000b2';
const at = { orderId, now, newId: voidId };

const gave = (amount: number, more: { channelRefundId?: string; ofReturn?: boolean; asked?: boolean } = {}): PaymentCommand => ({
  type: 'HearChannelRefund',
  data: { ...at, channelRefundId: 'R-1', refundId: another, amount, ofReturn: false, asked: false, ...more },
});
const owed = (amount: number, id = refundId): PaymentCommand => ({
  type: 'RequestRefund',
  data: { ...at, newId: authorizationId, refundId: id, returnId, currency: 'GBP', amount, tender: 'original', cause: 'return' },
});
const cancelled = (quantity: number): PaymentCommand => ({
  type: 'CancelLines',
  data: { ...at, newId: captureId, lines: [{ lineId: '1', sku: 'MUG', quantity }], reason: byCustomer },
});
const heard = (amount: number, more: object = {}): PaymentEvent => ({
  type: 'ChannelRefundHeard',
  data: { orderId, channelRefundId: 'R-1', refundId: another, amount, ofReturn: false, asked: false, ...more, heardAt: now },
});

const after = (events: readonly PaymentEvent[], ...commands: readonly PaymentCommand[]) =>
  commands.reduce<{ state: Payment; events: readonly PaymentEvent[] }>(
    ({ state, events: before }, command) => {
      const decided = payment.decide(command, state);
      return { state: decided.reduce(payment.evolve, state), events: [...before, ...decided] };
    },
    { state: events.reduce(payment.evolve, payment.initial), events: [] },
  );
const refundedIn = (state: Payment): number => (isKnown(state) ? sumsOf(state.ledger).refunded : NaN);
const creditIn = (state: Payment): number => (isKnown(state) ? channelCredit(state) : NaN);
const of = (events: readonly PaymentEvent[], type: PaymentEvent['type']) => events.filter((event) => event.type === type);

describe('money that a channel gives back', () => {
  it('is asked of it, once, where it is due', () => {
    const { events } = after(charged, owed(300), owed(300));
    expect(of(events, 'ChannelRefundRequested')).toEqual([
      { type: 'ChannelRefundRequested', data: { ...money, amount: 300, refundId, returnId, requestedAt: now } },
    ]);
  });

  it('is what was due of it, whoever at the channel gave it', () => {
    const { state, events } = after(charged, owed(300), gave(300));
    expect(of(events, 'RefundIssued')).toMatchObject([{ data: { refundId, returnId, amount: 300, tender: 'original', reference: 'R-1' } }]);
    expect([refundedIn(state), creditIn(state)]).toEqual([300, 0]);
  });

  it('is a refund for itself where nothing was due, and is asked for by nobody', () => {
    const { state, events } = after(charged, gave(300));
    expect(of(events, 'RefundIssued')).toEqual([
      {
        type: 'RefundIssued',
        data: {
          ...{ ...money, amount: 300, refundId: another, captures: [{ captureId, amount: 300 }], tender: 'original' },
          ...{ reference: 'R-1', cause: 'channel', unasked: true, issuedAt: now },
        },
      },
    ]);
    expect(of(events, 'ChannelRefundRequested')).toEqual([]);
    expect(refundedIn(state)).toBe(300);
  });

  it('is heard once, however often it is told', () => {
    given(...charged, heard(300))
      .when(gave(300))
      .thenNothing();
    expect(refundedIn(after(charged, gave(300), gave(300)).state)).toBe(300);
  });

  it('for units that come back waits for what returns says is due, and is that', () => {
    const waiting = after(charged, gave(300, { ofReturn: true }));
    expect([refundedIn(waiting.state), creditIn(waiting.state)]).toEqual([0, 300]);
    const { state, events } = after(charged, gave(300, { ofReturn: true }), owed(300));
    expect([refundedIn(state), creditIn(state)]).toEqual([300, 0]);
    expect(of(events, 'ChannelRefundRequested')).toEqual([]);
  });

  it('for units that come back is money for nothing in particular once no return has claimed it in a day, and keeps nothing else back', () => {
    const twice = [gave(300, { ofReturn: true }), owed(300), gave(200, { channelRefundId: 'R-2', ofReturn: true })];
    const free = (channelRefundId: string, now: string): PaymentCommand => ({
      type: 'FreeChannelRefund',
      data: { ...at, now, channelRefundId },
    });
    const { state } = after(charged, ...twice, ...['R-1', 'R-2'].map((id) => free(id, '2026-11-03T09:59:59.999Z')));
    expect([refundedIn(state), creditIn(state)]).toEqual([300, 200]);
    const inTime = ['R-1', 'R-2', 'R-1', 'R-2'].map((id) => free(id, '2026-11-03T10:00:00.000Z'));
    const { state: freed, events } = after(charged, ...twice, ...inTime);
    expect(of(events, 'ChannelRefundFreed')).toHaveLength(2);
    expect([refundedIn(freed), creditIn(freed)]).toEqual([500, 0]);
  });

  it('for units that come back and that is claimed is freed by no deadline', () => {
    const free: PaymentCommand = { type: 'FreeChannelRefund', data: { ...at, now: '2027-01-01T00:00:00.000Z', channelRefundId: 'R-1' } };
    const { events } = after(charged, gave(300, { ofReturn: true }), owed(300, another), free);
    expect(of(events, 'ChannelRefundFreed')).toEqual([]);
    expect(of(events, 'RefundIssued')).toHaveLength(1);
  });

  it('for units that will not ship is what is never charged: nothing more goes back, then or at the end', () => {
    const early = after(prepaid, cancelled(1), gave(333));
    expect([refundedIn(early.state), creditIn(early.state)]).toEqual([0, 0]);
    const end = after(prepaid, cancelled(1), gave(333), { type: 'CancelPayment', data: { ...at, reason: byCustomer } });
    expect([refundedIn(end.state), of(end.events, 'RefundRequested')]).toEqual([0, []]);
  });

  it('beyond what is never charged waits until it is charged, and is a refund then', () => {
    const { state } = after(prepaid, gave(300));
    expect([refundedIn(state), creditIn(state)]).toEqual([0, 300]);
    const lines = [{ lineId: '1', sku: 'MUG', quantity: 3 }];
    const shipped = payment.decide({ type: 'ChargeShipment', data: { ...at, shipmentId: returnId, lines } }, state);
    expect(of(shipped, 'RefundIssued')).toMatchObject([{ data: { amount: 300, paymentId, unasked: true } }]);
  });

  it('ends in the same, in whatever order and however often it is told', () => {
    const [asked, told] = [
      [owed(200), owed(100, captureId)],
      [gave(200), gave(100, { channelRefundId: 'R-2', asked: true }), gave(50, { channelRefundId: 'R-3', ofReturn: true })],
    ];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(asked, { minLength: asked.length }),
        fc.shuffledSubarray(told, { minLength: told.length }),
        fc.array(fc.constantFrom(...asked, ...told), { maxLength: 3 }),
        (first, then, again) => {
          const { state } = after(charged, ...first, ...then, ...again);
          expect([refundedIn(state), creditIn(state)]).toEqual([300, 50]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
