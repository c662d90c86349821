import type { Pool } from 'pg';
import { plainText } from '../dead-letter';
import type { ParkedPublications } from '../parked-publication';

const park = `
  insert into parked_publication (topic, event_id, event_type, bytes, error) values ($1, $2, $3, $4, $5)
  on conflict (topic, event_id) do nothing`;

/** In the publishing service's own table `parked_publication` (see `migrateMessaging`). */
export const postgresParkedPublications = (pool: Pick<Pool, 'query'>): ParkedPublications => ({
  park: async ({ topic, eventId, type, bytes, error }) => {
    await pool.query(park, [topic, eventId, type, bytes, plainText(error)]);
  },
  count: async (topic) => {
    const { rows } = await pool.query<{ count: string }>('select count(*) from parked_publication where topic = $1', [topic]);
    return Number(rows[0]?.count ?? 0);
  },
});
