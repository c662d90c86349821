import type { Envelope } from '@cartage/contracts';
import fc from 'fast-check';
import { factOf, groupedBy, orderNamed, storyOf } from './facts.fixture';
import { journaled, orderOf, released, type Entry, type Journal, type Known } from './journaling';

const nothing: Known = { head: 0, journals: new Map(), waiting: new Map() };
const short = ({ fact, position, sequence, channel }: Entry): unknown => [fact.type, position, sequence, channel];

describe('facts in their places', () => {
  const placed = factOf({ n: 1, type: 'OrderPlaced', order: 1, channel: 'web' });
  const reserved = factOf({ n: 2, type: 'StockReserved', topic: 'inventory.events', order: 1 });
  const item = factOf({ n: 3, type: 'ItemChanged', topic: 'inventory.events' });

  it('stand in the order in which they came, and are numbered in the journal of their order', () => {
    const { entries, waiting, journals } = journaled({ ...nothing, head: 7 }, [placed, item, reserved]);
    expect(entries.map(short)).toEqual([
      ['OrderPlaced', 8, 1, 'web'],
      ['ItemChanged', 9, undefined, undefined],
      ['StockReserved', 10, 2, 'web'],
    ]);
    expect(waiting).toEqual([]);
    expect(journals).toEqual([{ orderId: orderNamed(1), last: 2, channel: 'web' }]);
  });

  it('wait for the one that the journal of their order begins with', () => {
    const early = journaled(nothing, [reserved]);
    expect(early).toEqual({ entries: [], waiting: [reserved], journals: [] });
    const then = journaled({ ...nothing, waiting: new Map([[orderNamed(1), [reserved]]]) }, [placed]);
    expect(then.entries.map(short)).toEqual([
      ['OrderPlaced', 1, 1, 'web'],
      ['StockReserved', 2, 2, 'web'],
    ]);
  });

  it('do not wait for ever: the journal begins without it, and it is entered when it comes', () => {
    const early = released({ ...nothing, waiting: new Map([[orderNamed(1), [reserved]]]) });
    expect(early.entries.map(short)).toEqual([['StockReserved', 1, 1, undefined]]);
    const late = journaled({ ...nothing, head: 1, journals: new Map(early.journals.map((each) => [each.orderId, each])) }, [placed]);
    expect(late.entries.map(short)).toEqual([['OrderPlaced', 2, 2, 'web']]);
  });

  it('of an order that was taken over from elsewhere begin with that', () =>
    expect(journaled(nothing, [factOf({ n: 1, type: 'OrderImported', order: 1, channel: 'web' })]).entries.map(short)).toEqual([
      ['OrderImported', 1, 1, 'web'],
    ]));
});

/** Batch after batch, as a log would keep them. */
const kept = (batches: readonly (readonly Envelope[])[]): readonly Entry[] => {
  const entries: Entry[] = [];
  const journals = new Map<string, Journal>();
  let waiting: readonly Envelope[] = [];
  for (const batch of batches) {
    const grouped = groupedBy(waiting, (fact) => orderOf(fact) ?? '');
    const after = journaled({ head: entries.length, journals, waiting: grouped }, batch);
    entries.push(...after.entries);
    for (const journal of after.journals) journals.set(journal.orderId, journal);
    const entered = new Set(after.entries.map(({ fact }) => fact.id));
    waiting = [...waiting, ...after.waiting].filter(({ id }) => !entered.has(id));
  }
  expect(waiting).toEqual([]);
  return entries;
};

/** Topics mixed in any way, each in its own order; cut into batches anywhere. */
const deliveries = (facts: readonly Envelope[]): fc.Arbitrary<readonly (readonly Envelope[])[]> =>
  fc
    .record({
      picks: fc.array(fc.nat(), { minLength: facts.length, maxLength: facts.length }),
      size: fc.integer({ min: 1, max: facts.length }),
    })
    .map(({ picks, size }) => {
      const queues = [...groupedBy(facts, ({ topic }) => topic).values()].map((queue) => [...queue]);
      const order = picks.flatMap((pick) => {
        const left = queues.filter((queue) => queue.length > 0);
        return left[pick % left.length]?.shift() ?? [];
      });
      return Array.from({ length: Math.ceil(order.length / size) }, (_, i) => order.slice(i * size, (i + 1) * size));
    });

it('journals have no gap and nothing twice, and keep each topic’s order, however topics are mixed and cut into batches', () => {
  const story = storyOf(4);
  fc.assert(
    fc.property(deliveries(story), (batches) => {
      const entries = kept(batches);
      expect(entries.map(({ position }) => position)).toEqual(story.map((_, i) => i + 1));
      for (const [orderId, own] of groupedBy(entries, (entry) => entry.orderId)) {
        if (orderId === undefined) continue;
        expect(own.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
        expect(own[0]?.fact.type).toBe('OrderPlaced');
        for (const ofTopic of groupedBy(own, ({ fact }) => fact.topic).values())
          expect(ofTopic.map(({ fact }) => fact.sequence)).toEqual(ofTopic.map((_, i) => i + 1));
      }
    }),
  );
});
