import { numberOf } from '@cartage/eventsourcing';
import type { Pool } from 'pg';

/** How much stands in the tables of messaging. */
export interface MessagingFigures {
  /** Events that a group could not take and a person must look at, and what waits behind them. */
  readonly deadLetters: number;
  /** Events that the broker will never take. */
  readonly parked: number;
  /** How far each group that follows the log directly, and the publisher, has got: the number of its position. */
  readonly checkpoints: readonly { readonly name: string; readonly position: number }[];
}

const COUNTS = `
  select (select count(*)::int from dead_letter where state in ('dead', 'retrying', 'waiting')) as "deadLetters",
         (select count(*)::int from parked_publication) as parked`;

/** For metrics: two small queries on indexes. */
export const messagingFigures = async (pool: Pick<Pool, 'query'>): Promise<MessagingFigures> => {
  const { rows } = await pool.query<{ deadLetters: number; parked: number }>(COUNTS);
  const saved = await pool.query<{ name: string; position: string }>('select name, position from checkpoint');
  const { deadLetters = 0, parked = 0 } = rows[0] ?? {};
  return { deadLetters, parked, checkpoints: saved.rows.map(({ name, position }) => ({ name, position: numberOf(position) })) };
};
