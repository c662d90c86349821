import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import { returns } from './return';
import {
  anotherId,
  anotherPayment,
  authorized,
  closed,
  due,
  fail,
  graded,
  mugs,
  now,
  onReturn,
  received,
  refund,
  refunded,
  refundFailed,
  refundId,
  requested,
  returnId,
} from './return.fixture';
import { owed, refunded as givenBack, standingOf } from './state';

const { given } = specFor(returns);
const done = [requested(2), authorized(2), received(2), graded(2), due(2, mugs(2))];
const close: ReturnCommand = { type: 'CloseReturn', data: { ...onReturn, now } };

describe('a refund that goes back to several ways of paying', () => {
  it('closes the return with the part that makes up what was due, not before', () => {
    given(...done)
      .when(refund(500))
      .thenOnce(refunded(500));
    given(...done, refunded(500))
      .when(close)
      .thenRefused('RETURN_NOT_REFUNDED');
    given(...done, refunded(500))
      .when(refund(1_500, refundId, anotherPayment))
      .thenOnce(refunded(1_500, refundId, anotherPayment), closed(2_000));
  });

  it('counts the part of a way of paying once', () =>
    given(...done, refunded(500))
      .when(refund(500))
      .thenNothing());

  it('stays open while a part has failed, and closes when that part comes', () => {
    given(...done, refunded(500))
      .when(fail(refundId, anotherPayment))
      .thenOnce(refundFailed(refundId, anotherPayment));
    given(...done, refundFailed(refundId, anotherPayment))
      .when(refund(500))
      .thenOnce(refunded(500));
    given(...done, refundFailed(refundId, anotherPayment), refunded(500))
      .when(close)
      .thenRefused('RETURN_STATUS');
    given(...done, refundFailed(refundId, anotherPayment), refunded(500))
      .when(refund(1_500, refundId, anotherPayment))
      .thenOnce(refunded(1_500, refundId, anotherPayment), closed(2_000));
  });

  it('tells each part that fails', () =>
    given(...done, refundFailed())
      .when(fail(refundId, anotherPayment))
      .thenOnce(refundFailed(refundId, anotherPayment)));

  it('has failed in no part that is heard to fail after it came', () =>
    given(...done, refunded(500))
      .when(fail())
      .thenNothing());

  it('makes up for no other refund, though more came than was due for it', () => {
    const two = [requested(2), authorized(2), received(2), graded(1), due(1, mugs(1)), graded(1), due(1, mugs(1), anotherId)];
    given(...two)
      .when(refund(2_000))
      .thenOnce(refunded(2_000));
    given(...two, refunded(2_000))
      .when(close)
      .thenRefused('RETURN_NOT_REFUNDED');
  });
});

interface Part {
  readonly amount: number;
  readonly fails: boolean;
}
const part: fc.Arbitrary<Part> = fc.record({ amount: fc.integer({ min: 1, max: 40_000 }), fails: fc.boolean() });
/** What is heard of the parts of a refund: each comes, some after they failed; any of it twice, late, or in any order. */
const story = fc.array(part, { minLength: 1, maxLength: 4 }).chain((parts) => {
  const said = parts.flatMap(({ amount, fails }, i) => [refund(amount, refundId, `p${i}`), ...(fails ? [fail(refundId, `p${i}`)] : [])]);
  const heard = fc
    .tuple(fc.constant(said), fc.subarray(said))
    .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));
  return fc.record({ total: fc.constant(parts.reduce((sum, { amount }) => sum + amount, 0)), heard });
});

describe('whatever is heard of the parts of a refund, in any order and however often', () => {
  it('closes the return once, with the last part that came, for what was due', () =>
    fc.assert(
      fc.property(story, ({ total, heard }) => {
        const before = [requested(2), authorized(2), received(2), graded(2), due(2, { amount: total, goods: total, tax: 0 })];
        const came = new Map<string, number>();
        let state = fold(returns, before);
        let ends = 0;
        for (const command of heard) {
          const events = returns.decide(command, state);
          state = fold(returns, events, state);
          ends += events.filter(({ type }) => type === 'ReturnClosed').length;
          if (command.type === 'RecordRefund') came.set(command.data.paymentId, command.data.amount);
          const rma = state.rmas.get(returnId);
          const sum = [...came.values()].reduce((all, amount) => all + amount, 0);
          expect(rma && [givenBack(rma), owed(rma), standingOf(rma).status === 'closed']).toEqual([sum, total, sum === total]);
        }
        expect(ends).toBe(1);
      }),
      { numRuns: 300 },
    ));
});
