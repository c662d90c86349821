import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';

type Asked = Pick<Admin, 'fetchTopicMetadata' | 'fetchTopicOffsets'>;

const NO_LEADER = -1;

/** How many messages a topic has; nothing while one of its partitions has nobody who could say. */
const sizeOf = async (admin: Asked, topic: string): Promise<number | undefined> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const partitions = topics.flatMap((each) => each.partitions);
  if (partitions.length === 0 || partitions.some(({ leader }) => leader === NO_LEADER)) return undefined;
  const ends = await admin.fetchTopicOffsets(topic);
  if (ends.length !== partitions.length) return undefined;
  return ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
};

/**
 * How many messages there are on topics. After brokers were killed a partition is without a leader for a while, and then the client leaves it out, or breaks when
 * none is left: that is no answer, and it is asked again.
 */
export const messagesThere = async (
  admin: Asked,
  topics: readonly string[],
  within: { readonly ms: number; readonly everyMs: number },
): Promise<number> => {
  let sum = 0;
  const end = Date.now() + within.ms;
  for (const topic of topics) {
    let size = await sizeOf(admin, topic).catch(() => undefined);
    for (; size === undefined; size = await sizeOf(admin, topic).catch(() => undefined)) {
      if (Date.now() > end) throw new Error(`Not every partition of ${topic} had a leader within ${within.ms / 1000} s.`);
      await pause(within.everyMs);
    }
    sum += size;
  }
  return sum;
};
