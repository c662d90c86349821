import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { availableIn, type Balance, type BalanceEvent, type Holder } from './balances/balance';
import { balance, type BalanceCommand } from './decide-balance';

const { given } = specFor(balance);
const id = (tail: string): string => `0192f0c0-0000-7000-8000-0000000000${tail}`;
const [balanceId, orderId, paymentId, refundId] = [id('01'), id('02'), id('03'), id('04')];
const now = '2026-11-02T10:00:00.000Z';
const soon = '2026-11-20T00:00:00.000Z';
const goodUntil = '2027-01-31T10:00:00.000Z';
const at = { balanceId, now };
const byStaff = (code: string) => ({ code, by: 'operator', actor: 'staff-17' });
const card: Holder = { balanceId, kind: 'gift-card', currency: 'GBP', last4: '7Q2M' };
const sold = { amount: 5000, cause: 'sold' } as const;

const issue = (expiresAt?: string): BalanceCommand => ({
  type: 'IssueBalance',
  data: { ...at, movementId: id('10'), holder: card, credit: { ...sold, ...(expiresAt === undefined ? {} : { expiresAt }) } },
});
const opened: BalanceEvent = { type: 'BalanceOpened', data: { ...card, openedAt: now } };
const credited = (expiresAt?: string): BalanceEvent => ({
  type: 'BalanceCredited',
  data: { balanceId, movementId: id('10'), currency: 'GBP', ...sold, ...(expiresAt === undefined ? {} : { expiresAt }), creditedAt: now },
});
const asked = (movementId: string, amount: number, when = now) => ({
  ...{ balanceId, movementId, orderId, paymentId, currency: 'GBP', amount, now: when },
});
const reserve = (movementId: string, amount: number, when = now): BalanceCommand => ({
  type: 'Reserve',
  data: asked(movementId, amount, when),
});
const reserved = (movementId: string, amount: number): BalanceEvent => ({
  type: 'BalanceReserved',
  data: { balanceId, movementId, currency: 'GBP', amount, orderId, paymentId, reservedAt: now },
});
const capture = (movementId: string, reservationId: string, amount: number): BalanceCommand => ({
  type: 'CaptureReserved',
  data: { ...asked(movementId, amount), reservationId },
});
const release = (movementId: string, reservationId: string, amount: number, when = now): BalanceCommand => ({
  type: 'ReleaseReserved',
  data: { ...asked(movementId, amount, when), reservationId },
});
const refund = (movementId: string, amount: number): BalanceCommand => ({
  type: 'RefundToBalance',
  data: { ...asked(movementId, amount), refundId, goodUntil },
});
const declined = (movementId: string, operation: 'authorize' | 'capture' | 'void', amount: number, code: string): BalanceEvent => ({
  type: 'BalanceDeclined',
  data: { balanceId, movementId, operation, currency: 'GBP', amount, orderId, code, declinedAt: now },
});
const frozen: BalanceEvent = { type: 'BalanceFrozen', data: { balanceId, reason: byStaff('stolen'), frozenAt: now } };

describe('a gift card', () => {
  it('is issued once, with what it is worth', () => {
    given().when(issue(soon)).thenOnce(opened, credited(soon));
    given(opened, credited())
      .when({ type: 'IssueBalance', data: { ...at, movementId: id('11'), holder: card, credit: sold } })
      .thenRefused('CODE_TAKEN');
    given().when(issue('2026-11-01T00:00:00.000Z')).thenRefused('EXPIRY_PAST');
  });

  it('promises what is there and no more, and says the same when it is asked again', () => {
    given(opened, credited())
      .when(reserve(id('20'), 5000))
      .thenOnce(reserved(id('20'), 5000));
    given(opened, credited(), reserved(id('20'), 3000))
      .when(reserve(id('21'), 2001))
      .thenOnce(declined(id('21'), 'authorize', 2001, 'balance-insufficient'));
  });

  it('promises nothing while it is frozen; what was promised before is paid', () => {
    given(opened, credited(), frozen)
      .when(reserve(id('20'), 1))
      .then(declined(id('20'), 'authorize', 1, 'balance-frozen'));
    given(opened, credited(), reserved(id('20'), 3000), frozen)
      .when(capture(id('30'), id('20'), 3000))
      .thenOnce({
        type: 'BalanceDebited',
        data: {
          ...{ balanceId, movementId: id('30'), currency: 'GBP', amount: 3000 },
          cause: 'captured',
          orderId,
          reservationId: id('20'),
          debitedAt: now,
        },
      });
    given(opened, credited(), frozen)
      .when({ type: 'UnfreezeBalance', data: { ...at, movementId: id('40'), reason: byStaff('found') } })
      .thenOnce({ type: 'BalanceUnfrozen', data: { balanceId, reason: byStaff('found'), unfrozenAt: now } });
  });

  it('pays no more than was promised, and gives back no more', () => {
    given(opened, credited(), reserved(id('20'), 3000))
      .when(capture(id('30'), id('20'), 3001))
      .then(declined(id('30'), 'capture', 3001, 'exceeds-what-was-promised'));
    given(opened, credited(), reserved(id('20'), 3000))
      .when(release(id('31'), id('20'), 3001))
      .then(declined(id('31'), 'void', 3001, 'exceeds-what-was-promised'));
  });

  it('ends with its time, but for what is promised; that ends when it comes back unused', () => {
    const later = '2026-11-21T00:00:00.000Z';
    const over: BalanceCommand = { type: 'ExpireBalance', data: { ...at, movementId: id('50'), expiresAt: soon, now: later } };
    const expiry = (movementId: unknown, amount: number): BalanceEvent => ({
      type: 'BalanceDebited',
      data: { balanceId, movementId: movementId as string, currency: 'GBP', amount, cause: 'expired', debitedAt: later },
    });
    given(opened, credited(soon), reserved(id('20'), 3000))
      .when(over)
      .thenOnce(expiry(id('50'), 2000));
    given(opened, credited(goodUntil)).when(over).then();
    given(opened, credited(soon), reserved(id('20'), 3000), expiry(id('50'), 2000))
      .when(release(id('31'), id('20'), 3000, later))
      .then(
        {
          type: 'BalanceReleased',
          data: {
            ...{ balanceId, movementId: id('31'), currency: 'GBP', amount: 3000 },
            orderId,
            paymentId,
            reservationId: id('20'),
            releasedAt: later,
          },
        },
        expiry(expect.any(String), 3000),
      );
  });

  it('that has ended or will soon is prolonged by money that comes back', () =>
    given(opened, credited(soon))
      .when(refund(id('60'), 700))
      .thenOnce({
        type: 'BalanceCredited',
        data: {
          ...{ balanceId, movementId: id('60'), currency: 'GBP', amount: 700 },
          cause: 'refund',
          orderId,
          refundId,
          expiresAt: goodUntil,
          creditedAt: now,
        },
      }));

  it('is corrected with a reason, never below what is promised', () => {
    const adjust = (amount: number): BalanceCommand => ({
      type: 'AdjustBalance',
      data: { ...at, movementId: id('70'), amount, reason: byStaff('counted-wrong') },
    });
    const base = { balanceId, movementId: id('70'), currency: 'GBP', cause: 'adjusted', reason: byStaff('counted-wrong') };
    given(opened, credited(), reserved(id('20'), 3000))
      .when(adjust(-2000))
      .thenOnce({ type: 'BalanceDebited', data: { ...base, amount: 2000, debitedAt: now } });
    given(opened, credited())
      .when(adjust(1))
      .thenOnce({ type: 'BalanceCredited', data: { ...base, amount: 1, creditedAt: now } });
    given(opened, credited(), reserved(id('20'), 3000))
      .when(adjust(-2001))
      .thenRefused('BALANCE_INSUFFICIENT');
  });

  it('folds as it was stored, for ever', () => {
    const golden = goldenSamples<BalanceEvent>(join(__dirname, 'balances', 'golden'));
    const inOrder = [
      'BalanceOpened',
      'BalanceCredited',
      'BalanceDeclined',
      'BalanceReserved',
      'BalanceReleased',
      'BalanceDebited',
      'BalanceFrozen',
      'BalanceUnfrozen',
    ] as const;
    expect(golden.types.toSorted()).toEqual(inOrder.toSorted());
    const folded = fold(
      balance,
      inOrder.map((type) => golden.of(type)),
    );
    expect(folded).toMatchObject({ owed: 3000, last4: '7Q2M' });
    expect('frozen' in folded).toBe(false);
  });
});

const ids = fc.integer({ min: 10, max: 17 }).map((n) => id(String(n)));
const amount = fc.integer({ min: 1, max: 4000 });
const when = fc.constantFrom(now, soon, '2027-02-01T00:00:00.000Z');
const command: fc.Arbitrary<BalanceCommand> = fc.oneof(
  fc.constant(issue(soon)),
  fc.tuple(ids, amount, when).map(([movementId, much, time]) => reserve(movementId, much, time)),
  fc.tuple(ids, ids, amount).map(([movementId, reservationId, much]) => capture(movementId, reservationId, much)),
  fc.tuple(ids, ids, amount, when).map(([movementId, reservationId, much, time]) => release(movementId, reservationId, much, time)),
  fc.tuple(ids, amount).map(([movementId, much]) => refund(movementId, much)),
  fc.tuple(ids, fc.integer({ min: -4000, max: 4000 })).map(([movementId, much]): BalanceCommand => ({
    type: 'AdjustBalance',
    data: { ...at, movementId, amount: much, reason: byStaff('x') },
  })),
  fc.constantFrom('FreezeBalance' as const, 'UnfreezeBalance' as const).map((type): BalanceCommand => ({
    type,
    data: { ...at, movementId: id('90'), reason: byStaff('x') },
  })),
  fc
    .tuple(ids, when)
    .map(([movementId, time]): BalanceCommand => ({ type: 'ExpireBalance', data: { ...at, movementId, expiresAt: soon, now: time } })),
);

const decided = (asks: BalanceCommand, state: Balance): readonly BalanceEvent[] => {
  try {
    return balance.decide(asks, state);
  } catch {
    return [];
  }
};

describe('any balance, whatever is asked of it', () => {
  it('is the sum of its movements, owes and promises never less than nothing, and does nothing twice', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40, size: 'max' }), (commands) => {
        let [state, sum]: [Balance, number] = [fold(balance, decided(issue(soon), balance.initial)), 5000];
        for (const each of commands) {
          const events = decided(each, state);
          state = events.reduce(balance.evolve, state);
          for (const event of events) {
            if (event.type === 'BalanceCredited') sum += event.data.amount;
            if (event.type === 'BalanceDebited') sum -= event.data.amount;
          }
          if (state.status === 'none') throw new Error('It was issued.');
          expect([state.owed, state.owed >= 0, availableIn(state) >= 0]).toEqual([sum, true, true]);
          expect(decided(each, state)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    ));
});
