import { EventsMissing, postgresInbox, Topics } from '@cartage/client';
import { subscribe } from '@cartage/client/kafka';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';

const kafka = new Kafka({ brokers: (process.env['KAFKA_BROKERS'] ?? 'localhost:9092').split(','), logLevel: logLevel.ERROR });
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
await pool.query('create table if not exists sold (order_id uuid primary key, lines int not null)');

const inbox = postgresInbox(pool);
await inbox.create();

const subscriber = await subscribe({
  kafka,
  group: 'my-shop',
  topics: [Topics.order],
  inbox,
  on: {
    // What is written by `sql` and the number of the event are saved together, or neither: each event counts once, whatever happens.
    OrderPlaced: async ({ data }, sql) => {
      await sql.query('insert into sold (order_id, lines) values ($1, $2)', [data.orderId, data.lines.length]);
      console.log(`sold ${data.orderId}`);
    },
  },
});

process.once('SIGTERM', () => void subscriber.stop());
try {
  await subscriber.ended;
} catch (error) {
  if (!(error instanceof EventsMissing)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await pool.end();
}
