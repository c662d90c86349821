import { deepStrictEqual } from 'node:assert';
import { stateContracts, stateDataSchemaOf, StateTopics, type StateOn } from '@cartage/contracts';
import { ensureTopics, kafkaClient } from '@cartage/messaging';
import { eventually } from '@cartage/testkit';
import { Pool } from 'pg';
import pino from 'pino';
import type { Program, Subject } from './gap-test';

type Stock = StateOn<typeof StateTopics.stock>;

const PATIENCE = { withinMs: 60_000 };
const PLACE = 'LDN-1';
const [contract] = stateContracts.filter(({ topic }) => topic === StateTopics.stock);

const recordOf = (sku: string, sequence: number, available: number | undefined) => {
  if (!contract) throw new Error('No contract says what stands in stock.state.');
  const time = '2026-11-28T09:00:00.000Z';
  const key = `${PLACE}/${sku}`;
  const state: Stock = {
    ...{ sku, location: PLACE, revision: sequence, onHand: available ?? 0, allocated: 0, safetyStock: 0 },
    ...{ available: available ?? 0, updatedAt: time },
  };
  const headers = {
    ...{ ce_specversion: '1.0', ce_id: `${key}-${sequence}`, ce_type: contract.type, ce_source: '/cartage/subscriptions', ce_time: time },
    ...{ ce_subject: key, ce_partitionkey: key, ce_sequence: String(sequence), ce_dataschema: stateDataSchemaOf(contract) },
  };
  return { key, headers, value: available === undefined ? null : JSON.stringify(state) };
};

const keptIn = async (pool: Pool): Promise<readonly unknown[]> => {
  const { rows } = await pool.query('select key, available::int, sequence::int from stock_now order by key');
  return rows.map((row: object) => Object.values(row));
};

const proof = async ({ brokers, start }: Subject, pool: Pool, started: Program[]): Promise<void> => {
  const begun = (): Program => (started.push(start()), started.at(-1) as Program);
  const client = kafkaClient({ brokers, clientId: 'state-test', log: pino({ level: 'silent' }) });
  await ensureTopics(client, [StateTopics.stock], { partitions: 1, replicas: -1, compacted: true });
  const producer = client.producer();
  await producer.connect();
  const send = (...messages: readonly ReturnType<typeof recordOf>[]) =>
    producer.send({ topic: StateTopics.stock, messages: [...messages] });
  try {
    await send(
      recordOf('A', 1, 5),
      recordOf('B', 2, 3),
      recordOf('A', 4, 4),
      recordOf('B', 5, undefined),
      recordOf('A', 3, 9),
      recordOf('C', 6, 1),
    );
    const first = begun();
    const now = [
      [`${PLACE}/A`, 4, 4],
      [`${PLACE}/B`, null, 5],
      [`${PLACE}/C`, 1, 6],
    ];
    await eventually(async () => deepStrictEqual(await keptIn(pool), now, first.printed()), PATIENCE);
    await first.stop();
    await send(recordOf('B', 2, 3), recordOf('C', 7, undefined), recordOf('A', 8, 12));
    const second = begun();
    const later = [
      [`${PLACE}/A`, 12, 8],
      [`${PLACE}/B`, null, 5],
      [`${PLACE}/C`, null, 7],
    ];
    await eventually(async () => deepStrictEqual(await keptIn(pool), later, second.printed()), PATIENCE);
  } finally {
    await producer.disconnect();
  }
};

/**
 * What every follower of states has to prove, in whatever language: it keeps what is now of each key, over a restart, whatever comes again and in whatever order; and what was taken
 * back is gone, and stays so. On a Kafka and in a database of its own.
 */
export const proveStates = async (subject: Subject): Promise<void> => {
  const pool = new Pool({ connectionString: subject.databaseUrl });
  const started: Program[] = [];
  try {
    await proof(subject, pool, started);
  } finally {
    await Promise.all(started.map((each) => each.stop()));
    await pool.end();
  }
};
