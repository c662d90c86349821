import type { Envelope } from '@cartage/contracts';
import { coalescing, isAway, type Settled } from '@cartage/eventsourcing';
import type { FactLog } from './fact-log';

/** So many facts share their statements. */
const MOST_TOGETHER = 200;
/** Every group of every topic may have its window full of events; they wait for as long as Postgres takes. */
const WAITING = { maxWaiting: 200_000, deadlineMs: 120_000 };

const done: Settled<void> = { ok: true, value: undefined };

/** One that Postgres refuses must not take the others with it: then each is tried alone. */
const settled = async (log: FactLog, facts: readonly Envelope[]): Promise<readonly Settled<void>[]> => {
  try {
    await log.keep(facts);
    return facts.map(() => done);
  } catch (error) {
    if (isAway(error)) throw error;
    if (facts.length === 1) return [{ ok: false, error }];
  }
  const each: Settled<void>[] = [];
  for (const fact of facts) each.push(...(await settled(log, [fact])));
  return each;
};

/** Takes facts one by one, and keeps many at a time. */
export const hearing = (log: FactLog): ((fact: Envelope) => Promise<void>) =>
  coalescing((facts: readonly Envelope[]) => settled(log, facts), { maxBatch: MOST_TOGETHER, ...WAITING });
