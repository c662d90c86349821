// Fills a log with events and measures it at each size: `node tools/run.cjs tools/bench/large-log/large-log.ts --events 1000000,5000000,20000000`.
// Takes gigabytes (1.2 for each million) and minutes; on a Postgres of its own, whose folder is removed afterwards (TMPDIR says where). Not part of any pipeline.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { migrateEventStore } from '@cartage/event-store';
import { Pool } from 'pg';
import { onFreshDatabase, say } from '../places';
import { fillTo } from './filling';
import { measureLog } from './measuring';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '1000000,5000000' }, seconds: { type: 'string', default: '5' } },
});
const sizes = values.events.split(',').map(Number);
const seconds = Number(values.seconds);
if (![seconds, ...sizes].every((each) => Number.isInteger(each) && each > 0))
  throw new RangeError('--events and --seconds are whole numbers.');

const main = (): Promise<void> =>
  onFreshDatabase(async ({ url }) => {
    const pool = new Pool({ connectionString: url, max: 20 });
    try {
      await migrateEventStore(pool);
      for (const events of sizes) {
        const started = performance.now();
        await fillTo(pool, events, say);
        say(`filled in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
        console.log(JSON.stringify({ events, ...(await measureLog(pool, events, seconds)) }, undefined, 1));
        await pool.query('delete from events where position > $1', [events]);
      }
    } finally {
      await pool.end();
    }
  });

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
