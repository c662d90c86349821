import { fold } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import { moneyAwaitedBy } from './late-refund';
import { returns } from './return';
import {
  authorized,
  closed,
  due,
  firstPolicy,
  graded,
  mugs,
  now,
  onReturn,
  received,
  refunded,
  refundFailed,
  requested,
  returnId,
} from './return.fixture';

const promising = { policy: { ...firstPolicy, refundDays: 14 } };
const promised = '2026-12-07T23:59:59.999Z';
const scanned: ReturnEvent = {
  type: 'ReturnInTransit',
  data: { ...onReturn, carrier: 'c', trackingNumber: 'T', milestone: 'picked-up', occurredAt: now, recordedAt: now },
};

const awaitedAfter = (...events: readonly ReturnEvent[]): string | undefined => {
  const state = fold(returns, events);
  const rma = state.rmas.get(returnId);
  if (!rma) throw new Error('There is no return.');
  return moneyAwaitedBy(state, rma);
};
const allowed = [requested(2, promising), authorized(2)] as const;

describe('money that a customer was promised', () => {
  it.each<[string, readonly ReturnEvent[]]>([
    ['a carrier has the goods', [scanned]],
    ['a dock has them', [received(2)]],
    ['they were inspected and it is due', [received(2), graded(2), due(2, mugs(2))]],
    ['payment could not give it back', [received(2), graded(2), due(2, mugs(2)), refundFailed()]],
    ['only a part of it went back', [received(2), graded(2), due(2, mugs(2)), refunded(1_000)]],
  ])('is awaited while %s', (_, events) => expect(awaitedAfter(...allowed, ...events)).toBe(promised));

  it.each<[string, readonly ReturnEvent[]]>([
    ['nothing is on its way', []],
    ['all of it went back', [received(2), graded(2), due(2, mugs(2)), refunded(2_000)]],
    ['it went back for what came, and the rest is at the customer', [scanned, received(1), graded(1), due(1, mugs(1)), refunded(1_000)]],
    ['the return is over', [received(2), graded(2), due(2, mugs(2)), refunded(2_000), closed(2_000)]],
  ])('is not awaited where %s', (_, events) => expect(awaitedAfter(...allowed, ...events)).toBeUndefined());

  it('is awaited until no day where the policy promises none', () =>
    expect(awaitedAfter(requested(2), authorized(2), received(2))).toBeUndefined());
});
