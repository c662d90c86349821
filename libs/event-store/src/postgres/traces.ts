import { numberOf, START, type EventTraces } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { Archive } from './archive';
import { COLUMNS, eventOf, type Row } from './read';

const BY_ID = `select ${COLUMNS} from events e where e.id = $1 order by e.position limit 1`;
const BY_CORRELATION = `
  select ${COLUMNS} from events e
  where e.meta ->> 'correlationId' = $1 collate "C" and e.position > $2 order by e.position limit $3`;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** By the indexes `events_by_id` and `events_by_correlation`, and those of the archive. */
export const tracesIn = (pool: Pool, archive: Archive): EventTraces => ({
  find: async (id) => {
    if (!UUID.test(id)) return undefined;
    const [row] = (await pool.query<Row>(BY_ID, [id])).rows;
    return row ? eventOf(row) : archive.find(pool, id);
  },
  correlated: async ({ correlationId, after = START, limit }) => {
    const { rows } = await pool.query<Row>(BY_CORRELATION, [correlationId, numberOf(after), limit]);
    const older = await archive.correlated(pool, correlationId, numberOf(after), limit);
    if (older.length === 0) return rows.map(eventOf);
    return [...older, ...rows.map(eventOf)].toSorted((a, b) => (a.position < b.position ? -1 : 1)).slice(0, limit);
  },
});
