import { migrateEventStore, postgresEventStore } from '@cartage/event-store';
import type { NewEvent, Write } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import { Pool } from 'pg';
import type { Figure } from './figure';
import { measureLimits } from './limits';
import { onFreshDatabase } from './places';
import { during, type Rate } from './rate';

export interface Appends {
  /** Writes of one event, one after the other. */
  readonly alone: Rate;
  /** Writes of one event by 16 callers at once: they share transactions. */
  readonly one: Rate;
  /** 100 writes of one event in each call; events. */
  readonly hundred: Rate;
}

const event = (): NewEvent => {
  const id = newId();
  return { type: 'Measured', data: { text: 'x'.repeat(560) }, id, meta: { commandId: id, correlationId: id, actor: 'bench' } };
};
const write = (): Write => ({ stream: `measured-${newId()}`, expected: 0, events: [event()] });

/** What the event store can take, in a schema of its own. */
export const measureAppends = async (databaseUrl: string, seconds: number): Promise<Appends> => {
  const admin = new Pool({ connectionString: databaseUrl, max: 1 });
  await admin.query('create schema bench_appends');
  const pool = new Pool({ connectionString: databaseUrl, max: 16, options: '-c search_path=bench_appends' });
  try {
    await migrateEventStore(pool);
    const store = postgresEventStore({ pool });
    const append = (size: number) => async (): Promise<number> => (await store.appendMany(Array.from({ length: size }, write))).length;
    await during(0.5, 16, append(1));
    return {
      alone: await during(seconds, 1, append(1)),
      one: await during(seconds, 16, append(1)),
      hundred: await during(seconds, 1, append(100)),
    };
  } finally {
    await pool.end();
    await admin.query('drop schema bench_appends cascade');
    await admin.end();
  }
};

/** What the event store can take, beside what Postgres can. */
export const appending = (seconds: number): Promise<readonly Figure[]> =>
  onFreshDatabase(async ({ url }) => {
    const limits = await measureLimits(url, seconds);
    const { alone, one, hundred } = await measureAppends(url, seconds);
    const figure = (name: string, { perSecond }: Rate, limit: Figure['limit'], goal?: Figure['goal']): Figure => ({
      name,
      value: perSecond,
      unit: 'events/s',
      ...(limit ? { limit } : {}),
      ...(goal ? { goal } : {}),
    });
    return [
      figure('append, 1 event, 1 caller', alone, { name: 'one-row inserts', value: limits.oneRowAlone.perSecond }),
      figure('append, 1 event, 16 callers', one, { name: 'one-row inserts, 16 connections', value: limits.oneRow.perSecond }),
      figure(
        'append, 100 events',
        hundred,
        { name: '100-row inserts', value: limits.hundredRows.perSecond },
        { must: 0.7, better: 'more' },
      ),
    ];
  });
