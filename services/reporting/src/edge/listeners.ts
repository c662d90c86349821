import { contracts, Topics, type Envelope, type Topic } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener } from '@cartage/messaging';

const nameOf = (topic: Topic): string => topic.replace(/\.events$/, '');

/** The first version of every type of the topic: it is in that shape that the star reads them, and those that say nothing to it are counted all the same. */
const typesOf = (topic: Topic): readonly string[] =>
  contracts.filter((each) => each.topic === topic && each.version === 1).map(({ type }) => type);

/**
 * A group for each topic, which takes every event of it. Another generation is another group, and so begins at the beginning. Replays are taken: whatever comes
 * twice is kept once, and nobody outside hears of it.
 */
export const listenersOf = (generation: string, take: (envelope: Envelope) => Promise<void>): readonly AnyListener[] =>
  Object.values(Topics).map((topic) => {
    const handle = (_data: unknown, _meta: Meta, envelope: Envelope): Promise<void> => take(envelope);
    return {
      group: `reporting.${nameOf(topic)}.${generation}`,
      topic,
      replays: true,
      on: Object.fromEntries(typesOf(topic).map((type) => [type, handle])),
    };
  });
