import type { Envelope } from '@cartage/contracts';
import { coalescing, isAway, type Settled } from '@cartage/eventsourcing';
import { factsOf } from '../domain/facts';
import type { Fact } from '../domain/table';
import { dimCustomer } from '../domain/dimensions';
import { tableNamed } from '../domain/star';
import type { PseudonymOf, Star, Extracted } from './star';

export interface FollowingNeeds {
  readonly star: Star;
  readonly pseudonymOf: PseudonymOf;
}

/** So many events share their statements. */
const MOST_TOGETHER = 500;
/** Every group of every topic may have its window full of events; they wait for as long as Postgres takes. */
const WAITING = { maxWaiting: 200_000, deadlineMs: 120_000 };

const customerColumnOf = (table: string): string | undefined =>
  Object.entries(tableNamed(table).columns).find(([, { dimension }]) => dimension === dimCustomer.name)?.[0];

/** Nothing that is kept names a customer as the channel does. */
const disguised = async (fact: Fact, pseudonymOf: PseudonymOf): Promise<Fact> => {
  const column = customerColumnOf(fact.table);
  const customerId = column === undefined ? undefined : fact.row[column];
  if (column === undefined || typeof customerId !== 'string') return fact;
  return { ...fact, row: { ...fact.row, [column]: await pseudonymOf(customerId) } };
};

const done: Settled<void> = { ok: true, value: undefined };

/** One that Postgres refuses must not take the others with it: then each is tried alone. */
const settled = async (star: Star, batch: readonly Extracted[]): Promise<readonly Settled<void>[]> => {
  try {
    await star.keep(batch);
    return batch.map(() => done);
  } catch (error) {
    if (isAway(error)) throw error;
    if (batch.length === 1) return [{ ok: false, error }];
  }
  const each: Settled<void>[] = [];
  for (const extracted of batch) each.push(...(await settled(star, [extracted])));
  return each;
};

/** Takes events one by one, and writes them many at a time. An event is done when what it says is kept. */
export const following = ({ star, pseudonymOf }: FollowingNeeds): ((envelope: Envelope) => Promise<void>) => {
  const keep = coalescing((batch: readonly Extracted[]) => settled(star, batch), { maxBatch: MOST_TOGETHER, ...WAITING });
  return async (envelope) => {
    const facts = await Promise.all(factsOf(envelope).map((fact) => disguised(fact, pseudonymOf)));
    await keep({ envelope, facts });
  };
};
