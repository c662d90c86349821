import type { Readings } from '@cartage/service-kit';
import type { Pool } from 'pg';

const WAITING = `select count(*)::float8 as waiting from fact where position is null`;
const HEAD = `select coalesce(max(position), 0)::float8 as head from fact`;

/** How much was heard, what waits for the beginning of its journal, and how far behind the journals' topic is. */
export const subscriptionReadings = (pool: Pool, behind: () => Promise<number>) => async (): Promise<Readings> => {
  const [waiting, head] = await Promise.all([
    pool.query<{ readonly waiting: number }>(WAITING),
    pool.query<{ readonly head: number }>(HEAD),
  ]);
  const of = (value: number) => [{ labels: { service: 'subscriptions' }, value }];
  return {
    subscriptionFacts: of(head.rows[0]?.head ?? 0),
    journalWaiting: of(waiting.rows[0]?.waiting ?? 0),
    journalBehind: of(await behind()),
  };
};
