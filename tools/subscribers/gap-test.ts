import { deepStrictEqual, match, strictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { Topics, type Envelope } from '@cartage/contracts';
import { ensureTopics, kafkaClient, recordOf } from '@cartage/messaging';
import { eventually } from '@cartage/testkit';
import { Pool } from 'pg';
import pino from 'pino';

/** A subscriber as a process: it counts in the table `cartage_inbox` and writes a row of `sold` for each order that was placed. */
export interface Program {
  /** What it printed up to now. */
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
  /** By SIGTERM; by SIGKILL, where that does not end it. */
  stop(): Promise<void>;
}

export interface Subject {
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
  readonly start: () => Program;
}

const PATIENCE = { withinMs: 60_000 };

const orderNamed = (n: number): string => `0199a3c4-7b1e-7c3d-9f2a-10000000000${n}`;

const goldenOf = (name: string): object => JSON.parse(readFileSync(`libs/contracts/golden/${name}.v1.json`, 'utf8')) as object;

const eventOf = (order: number, sequence: number): Envelope => {
  const type = sequence === 1 ? 'OrderPlaced' : 'OrderConfirmed';
  return {
    ...{ id: `${order}-${sequence}`, type, version: 1, topic: Topics.order, sequence, source: '/cartage/order' },
    ...{ subject: orderNamed(order), key: orderNamed(order), correlationId: 'c', replay: false, time: '2026-11-28T09:00:00.000Z' },
    data: { ...goldenOf(type), orderId: orderNamed(order) },
  };
};

const sending = async (brokers: readonly string[]) => {
  const client = kafkaClient({ brokers, clientId: 'gap-test', log: pino({ level: 'silent' }) });
  await ensureTopics(client, [Topics.order]);
  const producer = client.producer();
  await producer.connect();
  return {
    send: (...events: readonly Envelope[]) =>
      producer.send({ topic: Topics.order, messages: events.map((event) => ({ key: event.key, ...recordOf(event) })) }),
    close: () => producer.disconnect(),
  };
};

/** How far each order was counted; nothing where there is no table yet. */
const countedIn = async (pool: Pool): Promise<readonly unknown[]> => {
  const { rows } = await pool.query('select subject, sequence::int from cartage_inbox where sequence > 0 order by subject');
  return rows.map((row: object) => Object.values(row));
};

const proof = async ({ brokers, start }: Subject, pool: Pool, started: Program[]): Promise<void> => {
  const begun = (): Program => (started.push(start()), started.at(-1) as Program);
  const { send, close } = await sending(brokers);
  try {
    await send(eventOf(1, 1), eventOf(1, 1), eventOf(2, 1), eventOf(1, 2), eventOf(1, 1));
    const first = begun();
    const whole = [
      [orderNamed(1), 2],
      [orderNamed(2), 1],
    ];
    await eventually(async () => deepStrictEqual(await countedIn(pool), whole, first.printed()), PATIENCE);
    await first.stop();
    await send(eventOf(1, 1), eventOf(1, 2), eventOf(2, 2), eventOf(1, 5));
    const second = begun();
    strictEqual(await second.ended, 1, second.printed());
    match(second.printed(), new RegExp(`order\\.events, ${orderNamed(1)}: events 3 to 4 are missing; 5 came\\.`));
    deepStrictEqual((await countedIn(pool))[0], whole[0]);
    deepStrictEqual((await pool.query('select count(*)::int as n from sold')).rows, [{ n: 2 }]);
  } finally {
    await close();
  }
};

/**
 * What every subscriber has to prove, in whatever language: each event is taken once, over a restart and whatever comes again; and where events are missing it stops, ends with 1
 * and says which. On a Kafka and in a database of its own.
 */
export const proveNoGaps = async (subject: Subject): Promise<void> => {
  const pool = new Pool({ connectionString: subject.databaseUrl });
  const started: Program[] = [];
  try {
    await proof(subject, pool, started);
  } finally {
    // While its Kafka is there: a client that leaves its group waits for it.
    await Promise.all(started.map((each) => each.stop()));
    await pool.end();
  }
};
