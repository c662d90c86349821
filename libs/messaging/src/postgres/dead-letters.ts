import type { Pool } from 'pg';
import { causeOf, type DeadLetters } from '../dead-letters';

const add = `
  insert into dead_letter (group_name, topic, subject, event_id, event_type, envelope, error, stack, attempts)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** Dead letters in the service's own table `dead_letter` (see `migrateMessaging`). */
export const postgresDeadLetters = (pool: Pick<Pool, 'query'>): DeadLetters => ({
  add: async ({ group, envelope, error, attempts }) => {
    const { topic, subject, id, type } = envelope;
    const { message, stack } = causeOf(error);
    await pool.query(add, [group, topic, subject, id, type, JSON.stringify(envelope), message, stack, attempts]);
  },
});
