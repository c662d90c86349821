import { Refused, specFor } from '@cartage/eventsourcing';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { order, type OrderCommand } from './order';
import { everything, id, minute, now, occasion, orderId, placed, placing, recording } from './order.fixture';
import { coveredBy, waysOf } from './payments';
import { later } from './occasion';
import type { PayRequest } from './paying';
import { statusOf } from './state';
import { history, historyFrom, stateAfter, stateOf, type Step } from './story.fixture';

const { given } = specFor(order);
const retryable: Fact = { type: 'PaymentDeclined', data: { ...facts.declined.data, retryable: true } };
const until = minute(2 + 48 * 60);
const reason = facts.declined.data.reason;

const paying = (more: Partial<PayRequest> = {}): OrderCommand => ({
  type: 'AddPayments',
  data: { ...occasion(), payments: [{ paymentId: id(21), method: 'upi' }], ...more },
});
const added = (payments: readonly object[], replaces: readonly string[] = [id(2)]): OrderEvent =>
  ({ type: 'PaymentAdded', data: { orderId, payments, replaces, addedAt: now } }) as OrderEvent;
const authorized = (paymentId: string, amount: number): Fact => ({
  type: 'PaymentAuthorized',
  data: { ...facts.authorized.data, paymentId, amount, authorizationId: id(30) },
});
const after = (time: string): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(95), time) });
const faultsOf = (steps: readonly Step[], request: Partial<PayRequest>): readonly string[] => {
  try {
    order.decide(paying(request), stateAfter(...steps));
  } catch (error) {
    if (error instanceof Refused) return [error.code, ...error.errors.map(({ field }) => field)];
  }
  return [];
};

describe('a payment that is declined and may be tried another way', () => {
  it('holds the order until somebody pays, and says until when', () =>
    given(placed)
      .when(recording(retryable))
      .then(retryable, {
        type: 'HoldApplied',
        data: { orderId, holdId: id(90), type: 'payment-declined', until, reason, appliedAt: now },
      }));

  it('goes on with another way to pay, for all that is open', () => {
    const paid = [{ paymentId: id(21), method: 'upi', amount: 2134 }];
    expect(history(retryable, facts.reserved, paying()).slice(-2)).toMatchObject([
      added(paid),
      { type: 'HoldReleased', data: { type: 'payment-declined', resolution: 'resolved' } },
    ]);
    expect(statusOf(stateAfter(retryable, facts.reserved, paying()))).toBe('placed');
    expect(statusOf(stateAfter(retryable, facts.reserved, paying(), authorized(id(21), 2134)))).toBe('confirmed');
  });

  it('is cancelled when nobody pays in time', () => {
    expect(history(retryable, after(minute(48 * 60)))).toEqual(history(retryable));
    expect(history(retryable, after(until)).slice(-3)).toMatchObject([
      { type: 'LineCancelled', data: { lines: everything, reason: { code: 'payment-declined', by: 'provider' } } },
      { type: 'HoldReleased', data: { resolution: 'ended' } },
      { type: 'OrderCancelled' },
    ]);
  });

  it('holds nothing once the same payment is promised after all, whichever is heard first', () => {
    expect(stateAfter(retryable, facts.authorized).holds).toEqual([]);
    expect(stateAfter(facts.authorized, retryable).holds).toEqual([]);
  });
});

describe('a promise of payment that ends', () => {
  const shipping = [facts.reserved, facts.authorized, facts.allocated, facts.expired] as const;

  it('holds what has not shipped, until it is promised again', () => {
    expect(stateAfter(...shipping).holds).toMatchObject([{ type: 'payment-expired', lines: everything }]);
    expect(stateAfter(...shipping, authorized(id(2), 2134)).holds).toEqual([]);
    expect(stateAfter(...shipping.slice(0, 3), facts.handedOver, facts.expired).holds).toEqual([]);
  });

  it('may be followed by a decline: what was confirmed is asked back, once, when nobody pays in time', () => {
    const declined = [...shipping, retryable] as const;
    expect(stateAfter(...declined).holds).toMatchObject([{ type: 'payment-declined', lines: everything, until }]);
    const events = history(...declined, after(until), after(minute(49 * 60)), facts.packed);
    expect(events.filter(({ type }) => type === 'CancellationRequested')).toMatchObject([{ data: { lines: everything } }]);
  });
});

describe('another way to pay', () => {
  it('may be several ways that add up to what is open', () => {
    const payments = [
      { paymentId: id(21), method: 'wallet', amount: 134 },
      { paymentId: id(22), method: 'card', amount: 2000 },
    ] as const;
    expect(history(retryable, paying({ payments })).at(-2)).toMatchObject(added(payments));
    expect(faultsOf([retryable], { payments: [payments[0]] })).toEqual(['PAYMENT_TOTAL_MISMATCH', 'payments']);
    expect(faultsOf([retryable], { payments: [{ ...payments[0], amount: null }, payments[1]] })).toEqual([
      'PAYMENT_INVALID',
      'payments[0].amount',
    ]);
  });

  it('pays for what was not cancelled only', () => {
    const cancelled: OrderCommand = {
      type: 'CancelOrder',
      data: { ...occasion(id(60)), cancellationId: id(70), lines: [{ lineId: '1' }], reason },
    };
    expect(history(retryable, cancelled, paying()).at(-2)).toMatchObject(added([{ amount: 2134 - 814 }]));
  });

  it('may come while the customer is waited for', () =>
    expect(history(facts.pending, paying()).at(-1)).toMatchObject(added([{ amount: 2134 }])));

  it('is refused where nothing is open, where it replaces what stands, and after the end', () => {
    expect(faultsOf([], {})).toEqual(['PAYMENT_NOT_NEEDED']);
    expect(faultsOf([facts.authorized], {})).toEqual(['PAYMENT_NOT_NEEDED']);
    expect(faultsOf([facts.authorized], { replaces: [id(2)] })).toEqual(['PAYMENT_NOT_REPLACEABLE', 'replaces[0]']);
    expect(faultsOf([facts.declined], {})).toEqual(['ORDER_ENDED']);
  });
});

describe('a refund that goes back to several ways of paying', () => {
  const part = (paymentId: string, amount: number): Fact => ({ type: 'RefundIssued', data: { ...facts.refunded.data, paymentId, amount } });
  const parts = [part(id(2), 400), part(id(21), 7)];

  it.each([
    ['in the order that they came', parts],
    ['the other way round', parts.toReversed()],
  ])('is counted with each part, heard %s', (_, heard) => {
    expect(stateAfter(...heard.slice(0, 1)).money.refunded).toBeLessThan(407);
    expect(stateAfter(...heard).money.refunded).toBe(407);
  });
});

/** Paid in two ways. */
const inTwo: OrderEvent = {
  type: 'OrderPlaced',
  data: {
    ...placing,
    payments: [
      { paymentId: id(2), method: 'card', amount: 1_600 },
      { paymentId: id(3), method: 'upi', amount: 534 },
    ],
  },
};

describe('a way to pay that came to nothing', () => {
  const declinedUpi: Fact = { type: 'PaymentDeclined', data: { ...facts.declined.data, paymentId: id(3), amount: 534, retryable: true } };
  const withoutMugs: OrderCommand = {
    type: 'CancelOrder',
    data: { ...occasion(id(60)), cancellationId: id(70), lines: [{ lineId: '2' }], reason: { code: 'changed-mind', by: 'customer' } },
  };

  it('is not waited for once the others pay all that is still due', () => {
    const waiting = historyFrom([inTwo], [facts.reserved, authorized(id(2), 1_600), declinedUpi]);
    expect(stateOf(waiting).holds).toMatchObject([{ type: 'payment-declined' }]);
    const state = stateOf(historyFrom(waiting, [withoutMugs, after(until)]));
    expect([statusOf(state), state.holds, state.progress.get('1')?.confirmed]).toEqual(['confirmed', [], 2]);
  });
});

describe('a promise of two for one way to pay, once another way was reckoned by both', () => {
  const authorizedAs = (tryId: string): Fact =>
    ({ type: 'PaymentAuthorized', data: { ...authorized(id(3), 534).data, authorizationId: tryId } }) as Fact;
  const ended = (paymentId: string, authorizationId: string, expiredAt: string): Fact => ({
    type: 'AuthorizationExpired',
    data: { ...facts.expired.data, paymentId, authorizationId, expiredAt },
  });
  const endedAt = minute(60 * 24 * 7);
  const short = historyFrom(
    [inTwo],
    [
      ...[facts.reserved, authorizedAs(id(31)), authorizedAs(id(32)), ended(id(2), id(33), minute(5)), paying()],
      ...[ended(id(3), id(31), endedAt), authorized(id(21), 1_066)],
    ],
  );

  it('confirms nothing when it ends: what nobody stands for any more is waited for, and no shorter than for an edit', () => {
    expect(stateOf(short).holds).toMatchObject([{ type: 'payment-due', until: later(endedAt, 48 * 3_600_000) }]);
    expect(historyFrom(short, [after(minute(60 * 24 * 9 - 1))])).toEqual(short);
    const state = stateOf(historyFrom(short, [after(minute(60 * 24 * 9))]));
    expect([statusOf(state), state.confirmedAt]).toEqual(['cancelled', undefined]);
  });

  it('is made good by another way to pay', () => {
    const paid = historyFrom(short, [paying({ payments: [{ paymentId: id(22), method: 'card' }] })]);
    expect(paid).toContainEqual(added([{ paymentId: id(22), method: 'card', amount: 534 }], []));
    const promised: Fact = { type: 'PaymentAuthorized', data: { ...authorized(id(22), 534).data, authorizationId: id(34) } } as Fact;
    expect(statusOf(stateOf(historyFrom(paid, [promised])))).toBe('confirmed');
  });
});

describe('a promise that was given back because a capture failed for good', () => {
  const forfeited: Fact = { ...facts.voided, data: { ...facts.voided.data, reason: { code: 'capture-failed', by: 'system' } } } as Fact;
  const coverage = (...steps: readonly Fact[]): number => {
    const [way] = waysOf(stateAfter(...steps));
    return way ? coveredBy(way) : 0;
  };

  it('takes nothing from what the order is covered by: nothing that has not left waits for it', () => {
    expect(coverage(facts.authorized, facts.captureFailed, forfeited)).toBe(coverage(facts.authorized));
    expect(coverage(facts.authorized, facts.voided)).toBe(0);
  });
  it('adds nothing to it when the money is promised again and taken after all', () => {
    const again = { ...facts.captured, data: { ...facts.captured.data, captureId: facts.captureFailed.data.captureId } } as Fact;
    const { amount } = facts.authorized.data;
    const promisedAgain = authorized(facts.authorized.data.paymentId, amount);
    expect(coverage(facts.authorized, facts.captureFailed, forfeited, promisedAgain, again)).toBe(amount);
  });
});
