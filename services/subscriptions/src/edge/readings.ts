import type { Readings } from '@cartage/service-kit';
import type { Pool } from 'pg';

const WAITING = `select count(*)::float8 as waiting from fact where position is null`;
const HEAD = `select coalesce(max(position), 0)::float8 as head from fact`;

export interface Counted {
  readonly behind: () => Promise<number>;
  /** Who follows the stream in this process. */
  readonly clients: () => number;
}

/** How much was heard, what waits for the beginning of its journal, how far behind the journals' topic is, and how many follow. */
export const subscriptionReadings =
  (pool: Pool, { behind, clients }: Counted) =>
  async (): Promise<Readings> => {
    const [waiting, head] = await Promise.all([
      pool.query<{ readonly waiting: number }>(WAITING),
      pool.query<{ readonly head: number }>(HEAD),
    ]);
    const of = (value: number) => [{ labels: { service: 'subscriptions' }, value }];
    return {
      subscriptionFacts: of(head.rows[0]?.head ?? 0),
      journalWaiting: of(waiting.rows[0]?.waiting ?? 0),
      journalBehind: of(await behind()),
      streamClients: of(clients()),
    };
  };
