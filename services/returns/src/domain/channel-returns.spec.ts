import { fold, specFor, type DataOf } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { returns } from './return';
import {
  anotherId,
  authorized,
  delivered,
  firstPolicy,
  graded,
  gradingId,
  now,
  onReturn,
  orderId,
  paymentId,
  policyWith,
  receiptId,
  received,
  refundId,
  requested,
  returnId,
  sale,
} from './return.fixture';
import { owed, refunded, statusOf, type OrderReturns } from './state';

const { given } = specFor(returns);
const known = { sale: sale(), policy: firstPolicy, delivered: delivered() };

const opened = (quantity: number, more: Partial<DataOf<ReturnCommand, 'OpenAtChannel'>> = {}): ReturnCommand => ({
  type: 'OpenAtChannel',
  data: { ...onReturn, ...known, now, refundId, standing: 'approved', lines: [{ lineId: '1', quantity, reason: 'too-small' }], ...more },
});
const gave = (amount: number, quantity = 1, more: Partial<DataOf<ReturnCommand, 'RefundAtChannel'>> = {}): ReturnCommand => ({
  type: 'RefundAtChannel',
  data: {
    ...{ orderId, returnId: anotherId, ...known, now, refundId: gradingId, amount, currency: 'GBP' },
    lines: [{ lineId: '1', quantity, reason: 'refunded-by-channel', goods: 'returned' }],
    ...more,
  },
});
const ended = (how: string): ReturnCommand => ({ type: 'EndAtChannel', data: { ...onReturn, now, refundId, how } });
const comes = (quantity: number): ReturnCommand => ({
  type: 'ReceiveReturn',
  data: { ...onReturn, ...known, now, refundId: receiptId, receiptId, location: 'LDN', lines: [{ lineId: '1', quantity }] },
});
const looked = (quantity: number): ReturnCommand => ({
  type: 'GradeItem',
  data: { ...onReturn, now, refundId, gradingId, lineId: '1', quantity, grade: 'A' },
});
const paid = (id: string, amount: number): ReturnCommand => ({
  type: 'RecordRefund',
  data: { ...onReturn, now, refundId: id, paymentId, amount },
});

const byChannel = (quantity: number): ReturnEvent =>
  ({ ...authorized(quantity), data: { ...authorized(quantity).data, by: 'channel' } }) as ReturnEvent;
const after = (...commands: readonly ReturnCommand[]): { readonly state: OrderReturns; readonly events: readonly ReturnEvent[] } =>
  commands.reduce<{ state: OrderReturns; events: readonly ReturnEvent[] }>(
    ({ state, events }, command) => {
      const decided = returns.decide(command, state);
      return { state: fold(returns, decided, state), events: [...events, ...decided] };
    },
    { state: returns.initial, events: [] },
  );
const rmaOf = ({ state }: { readonly state: OrderReturns }, id = returnId) => {
  const rma = state.rmas.get(id);
  return rma && { status: statusOf(rma), owed: owed(rma), refunded: refunded(rma) };
};

describe('a return that a channel opens', () => {
  it('is one here, once, and may come where the channel allowed it, whatever the policy says', () => {
    given().when(opened(2)).thenOnce(requested(2), byChannel(2));
    const strict = policyWith({ windowDays: 1, finalSale: true });
    expect(rmaOf(after(opened(2, { policy: strict })))).toMatchObject({ status: 'authorized' });
  });

  it('that the channel only passes on is judged by the policy, and allowed once the channel allows it', () => {
    const asked = opened(1, { standing: 'requested', policy: { ...firstPolicy, reviewAbove: [{ currency: 'GBP', amount: 1 }] } });
    expect(rmaOf(after(asked))).toMatchObject({ status: 'awaiting-review' });
    expect(rmaOf(after(asked, opened(1)))).toMatchObject({ status: 'authorized' });
    const late = opened(1, { standing: 'requested', policy: policyWith({ windowDays: 1 }) });
    expect(rmaOf(after(late))).toMatchObject({ status: 'declined' });
  });

  it('is allowed by a channel no more once the customer keeps it', () => {
    const asked = opened(1, { standing: 'requested', policy: { ...firstPolicy, reviewAbove: [{ currency: 'GBP', amount: 1 }] } });
    const kept: ReturnCommand = { type: 'CancelReturn', data: { ...onReturn, now, reason: { code: 'customer', by: 'customer' } } };
    expect(after(asked, kept, opened(1)).events).toEqual(after(asked, kept).events);
  });

  it('needs no delivery that was heard of; units that another return holds are declined', () => {
    expect(rmaOf(after(opened(1, { delivered: [] })))).toMatchObject({ status: 'authorized' });
    const { events } = after(opened(2), opened(3, { returnId: anotherId }));
    expect(events.slice(2)).toMatchObject([
      { type: 'ReturnRequested' },
      { type: 'ReturnDeclined', data: { lines: [{ quantity: 2 }], reason: { code: 'already-returned' } } },
      { type: 'ReturnAuthorized', data: { lines: [{ quantity: 1 }] } },
    ]);
  });

  it('is over here when it is there: cancelled where nothing came of it, else closed once what came is settled', () => {
    expect(rmaOf(after(opened(2), ended('cancelled')))).toMatchObject({ status: 'cancelled' });
    const open = [opened(2), comes(1), ended('closed')] as const;
    expect(rmaOf(after(...open))).toMatchObject({ status: 'received' });
    expect(rmaOf(after(...open, looked(1)))).toMatchObject({ status: 'received', owed: 1_000, refunded: 0 });
    expect(rmaOf(after(...open, looked(1), paid(refundId, 1_000)))).toMatchObject({ status: 'closed', refunded: 1_000 });
    given(requested(2), byChannel(2))
      .when(ended('closed'))
      .thenOnce(
        { type: 'ReturnEndedAtChannel', data: { ...onReturn, how: 'closed', recordedAt: now } },
        { type: 'ReturnClosed', data: { ...onReturn, currency: 'GBP', amount: 0, closedAt: now } },
      );
  });
});

describe('money that a channel gives back for units', () => {
  it('is theirs also where their return has come to nothing: another begins with it, and nobody gives it a second time', () => {
    const refund = gave(1_000, 1, { ofReturn: returnId });
    const told = after(opened(1), ended('cancelled'), refund);
    expect(rmaOf(told)).toMatchObject({ status: 'cancelled', owed: 0 });
    expect(rmaOf(told, anotherId)).toMatchObject({ owed: 1_000 });
    expect(returns.decide(refund, told.state)).toEqual([]);
  });

  it('is their refund, in the channel’s own sum, and they have no other', () => {
    const { state, events } = after(opened(2), gave(1_500, 2), comes(2), looked(2), paid(gradingId, 1_500));
    const dues = events.filter(({ type }) => type === 'RefundDue');
    expect(dues).toMatchObject([
      { data: { returnId, refundId: gradingId, trigger: 'channel', amount: 1_500, goods: 1_250, tax: 250, lines: [{ quantity: 2 }] } },
    ]);
    expect(rmaOf({ state })).toEqual({ status: 'closed', owed: 1_500, refunded: 1_500 });
  });

  it('of which nobody had announced the units begins a return: they are waited for, or kept', () => {
    const back = after(gave(900));
    expect(rmaOf(back, anotherId)).toEqual({ status: 'authorized', owed: 900, refunded: 0 });
    const kept = after(gave(900, 1, { lines: [{ lineId: '1', quantity: 1, reason: 'refunded-by-channel', goods: 'kept' }] }));
    expect(kept.events.map(({ type }) => type)).toEqual(['ReturnRequested', 'ReturnAuthorized', 'RefundDue']);
    expect(kept.events[1]).toMatchObject({ data: { lines: [{ keep: true }] } });
  });

  it('that was decided here before is what the channel was asked for', () => {
    given(
      requested(1),
      authorized(1),
      received(1),
      graded(1),
      ...returns.decide(looked(1), fold(returns, [requested(1), authorized(1), received(1)])).slice(1),
    )
      .when(gave(1_000, 1, { ofReturn: returnId }))
      .thenNothing();
  });

  it('is decided for each unit once, in whatever order it is told, and never beyond what was sold', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(opened(2), gave(1_500, 2), gave(500, 1, { refundId: receiptId, returnId: receiptId }), comes(1), ended('closed')),
          { maxLength: 8 },
        ),
        (commands) => {
          const quiet = commands.filter(
            ({ type }, i) => type !== 'ReceiveReturn' || commands.slice(0, i).some((each) => each.type === 'OpenAtChannel'),
          );
          const { events } = after(...quiet);
          const units = events
            .flatMap((event) => (event.type === 'RefundDue' ? event.data.lines : []))
            .reduce((sum, { quantity }) => sum + quantity, 0);
          expect(units).toBeLessThanOrEqual(3);
          const ids = events.flatMap((event) => (event.type === 'RefundDue' ? [event.data.refundId] : []));
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
      { numRuns: 100 },
    ));
});
