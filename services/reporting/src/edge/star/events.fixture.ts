import { contracts, type Envelope, type PublicEvent, type Topic } from '@cartage/contracts';
import { sampleOf } from '@cartage/testkit';
import fc from 'fast-check';
import type { Extracted } from '../../app/star';
import { factsOf, toldTypes } from '../../domain/facts';

/** One event of each type that says something to the star, all of one story; each topic counts its own. */
export const story = (): readonly Envelope[] => {
  const counted = new Map<string, number>();
  return contracts
    .filter(({ type }) => toldTypes.includes(type))
    .map(({ type, topic }, n) => {
      const sequence = (counted.get(topic) ?? 0) + 1;
      counted.set(topic, sequence);
      return {
        id: `0199a3c4-7b1e-7c3d-9f2a-${String(n).padStart(12, '0')}`,
        type,
        version: 1,
        topic,
        source: '/cartage/sample',
        subject: 'story',
        key: 'story',
        time: new Date(Date.UTC(2026, 10, 28, 9, 0, n)).toISOString(),
        sequence,
        correlationId: 'c',
        replay: false,
        data: sampleOf(type as 'OrderPlaced'),
      };
    });
};

/** Events of different topics in any order, each topic in its own; some come again, later; cut into batches anywhere. */
export const deliveries = (events: readonly Envelope[]): fc.Arbitrary<readonly (readonly Envelope[])[]> =>
  fc
    .record({
      ranks: fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: events.length, maxLength: events.length }),
      again: fc.array(fc.nat({ max: events.length - 1 }), { maxLength: 20 }),
      cuts: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
    })
    .map(({ ranks, again, cuts }) => {
      const queues = new Map<string, Envelope[]>();
      for (const event of events) queues.set(event.topic, [...(queues.get(event.topic) ?? []), event]);
      const topics = events.map(({ topic }, i) => ({ topic, rank: ranks[i] ?? 0 })).toSorted((one, other) => one.rank - other.rank);
      const order = topics.flatMap(({ topic }) => queues.get(topic)?.shift() ?? []);
      const all = [...order, ...again.flatMap((i) => events[i] ?? [])];
      const batches: Envelope[][] = [];
      for (let i = 0; all.length > 0; i += 1) batches.push(all.splice(0, cuts[i % cuts.length]));
      return batches;
    });

export const extractedFrom = (envelope: Envelope): Extracted => ({ envelope, facts: factsOf(envelope) });

/** What is told of one subject, in its order. */
export const toldOf = (topic: Topic, ...told: readonly PublicEvent[]): readonly Envelope[] =>
  told.map(({ type, data }, n) => ({
    ...{ id: `0199a3c4-7b1e-7c3d-9f2b-${String(n).padStart(12, '0')}`, type, version: 1, topic, source: '/cartage/sample' },
    ...{ subject: 'told', key: 'told', time: new Date(Date.UTC(2026, 10, 28, 10, 0, n)).toISOString(), sequence: n + 1 },
    ...{ correlationId: 'c', replay: false, data },
  }));

/** Of two lines that are sold by a price list one gets a price of its own, the other that of the next version; then nothing more is said of prices. */
export const repriced = (): readonly PublicEvent[] => {
  const [placed, edited] = [sampleOf('OrderPlaced'), sampleOf('OrderEdited')];
  const [line] = placed.lines;
  if (!line) throw new Error('Nothing was sold.');
  const listed = [line, { ...line, lineId: '2' }].map((each) => ({ ...each, priceList: 'friday-2026@2' }));
  const { priceList: _, ...own } = line;
  const after = [
    { ...own, unitPrice: 199 },
    { ...line, lineId: '2', unitPrice: 249, priceList: 'friday-2026@3' },
  ];
  const changes = after.map((each, i) => ({ lineId: each.lineId, ...(listed[i] ? { before: listed[i] } : {}), after: each }));
  const cancelled = {
    ...sampleOf('LineCancelled'),
    orderId: placed.orderId,
    lines: after.map(({ lineId, sku }) => ({ lineId, sku, quantity: 1 })),
  };
  return [
    { type: 'OrderPlaced', data: { ...placed, lines: listed, shipGroups: [] } },
    { type: 'OrderEdited', data: { ...edited, lines: changes, shipGroups: [] } },
    { type: 'LineCancelled', data: cancelled },
  ];
};
