import { contracts, type Envelope, type PublicEvent, type Topic } from '@cartage/contracts';
import { sampleOf } from '@cartage/testkit';
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

export const extractedFrom = (envelope: Envelope): Extracted => ({ envelope, facts: factsOf(envelope) });

/** What is told of one subject, in its order. */
export const toldOf = (topic: Topic, ...told: readonly PublicEvent[]): readonly Envelope[] =>
  told.map(({ type, data }, n) => ({
    ...{ id: `0199a3c4-7b1e-7c3d-9f2b-${String(n).padStart(12, '0')}`, type, version: 1, topic, source: '/cartage/sample' },
    ...{ subject: 'told', key: 'told', time: new Date(Date.UTC(2026, 10, 28, 10, 0, n)).toISOString(), sequence: n + 1 },
    ...{ correlationId: 'c', replay: false, data },
  }));
