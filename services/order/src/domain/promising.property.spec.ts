import { fold } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { order } from './order';
import { id } from './order.fixture';
import { promiseOccasion, sold } from './promising.fixture';
import { amongEachOther } from './story.fixture';
import { backorderedTo } from './trouble.fixture';

const allocated = (location: string, n: number): Fact => ({
  type: 'StockAllocated',
  data: { ...facts.allocated.data, fulfillmentId: id(n), location },
});
const rejected = (location: string, n: number): Fact => ({
  type: 'FulfillmentRejected',
  data: { ...facts.rejected.data, fulfillmentId: id(n), location },
});

/** As each topic tells it, in its order, until it leaves. */
const topics: readonly (readonly Fact[])[] = [
  [facts.short, backorderedTo('2026-12-04T09:00:00.000Z'), allocated('CLOSED-1', 3), allocated('EARLY-1', 41), allocated('LON-1', 42)],
  [rejected('CLOSED-1', 3), rejected('EARLY-1', 41)],
  [facts.review, facts.authorized],
];
const anyOrder = [...topics.flat(), facts.reserved];

const historyOf = (told: readonly Fact[]): readonly OrderEvent[] =>
  told.reduce<readonly OrderEvent[]>((events, fact, n) => {
    const data = { fact, ...promiseOccasion(id(900 + 10 * n), '2026-11-23T10:00:00.000Z') };
    return [...events, ...order.decide({ type: 'RecordFact', data }, fold(order, events))];
  }, sold);

const groupAfter = (events: readonly OrderEvent[]) => fold(order, events)?.sold.shipGroups[0];
const datesOf = ({ shipBy, deliverBy }: { readonly shipBy?: string; readonly deliverBy?: string } = {}) => ({ shipBy, deliverBy });

describe('the promise of an order', () => {
  it('ends the same, however its topics come among each other', () => {
    const end = datesOf(groupAfter(historyOf(amongEachOther(...topics)([]))));
    expect(end.shipBy).toMatch(/^2026-12-0/);
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 12 }), (choices) => {
        expect(datesOf(groupAfter(historyOf(amongEachOther(...topics)(choices))))).toEqual(end);
      }),
      { numRuns: 200 },
    );
  });

  it('moves from what was told last, to another day, and to none that it was at before', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray([...anyOrder, ...anyOrder], { minLength: anyOrder.length }), (told) => {
        let last = datesOf(sold.flatMap((event) => (event.type === 'PromiseMade' ? [event.data] : []))[0]);
        const days = [last.deliverBy];
        for (const event of historyOf(told)) {
          if (event.type !== 'PromiseMoved') continue;
          expect(datesOf(event.data.before)).toEqual(last);
          last = datesOf(event.data);
          expect(days).not.toContain(last.deliverBy);
          days.push(last.deliverBy);
        }
      }),
      { numRuns: 200 },
    ));
});
