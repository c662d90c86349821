import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { connectionTo } from '@cartage/postgres';
import type { AnyService } from '@cartage/service-kit';
import type { Admin, Kafka } from 'kafkajs';
import { Client, escapeIdentifier as quoted } from 'pg';
import { Trouble } from '../client/client';
import { UNHURRIED } from './taking';

/** What a topic has that its log does not. */
export interface TopicReport {
  readonly log: string;
  readonly topic: string;
  /** Records that were looked at: the last of each partition. */
  readonly looked: number;
  /** Of these, those whose event the log does not have. */
  readonly unknown: number;
  /** When the first of them happened; ISO 8601 UTC. */
  readonly since?: string;
  /** There may be more: in some partition, everything that was looked at is unknown. */
  readonly orMore: boolean;
}

export interface TopicsNeeds {
  readonly kafka: Kafka;
  readonly url: string;
  readonly services: readonly Pick<AnyService, 'schema' | 'publication'>[];
  /** So many records of each partition. */
  readonly last: number;
}

interface Published {
  readonly partition: number;
  readonly id: string;
  readonly time: string;
}

/** Offsets of a partition that are read. */
interface Tail {
  readonly partition: number;
  readonly from: number;
  readonly end: number;
}

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 50;

const tailsOf = async (admin: Admin, topic: string, last: number): Promise<readonly Tail[]> =>
  (await admin.fetchTopicOffsets(topic))
    .map(({ partition, low, high }) => ({ partition, from: Math.max(Number(low), Number(high) - last), end: Number(high) }))
    .filter(({ from, end }) => end > from);

/** The end of a topic, read by a group that leaves nothing behind. */
const readTail = async (kafka: Kafka, admin: Admin, topic: string, last: number): Promise<readonly Published[]> => {
  const tails = await tailsOf(admin, topic, last);
  const left = new Map(tails.map(({ partition, end }) => [partition, end]));
  const groupId = `cartage-backup-topics-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId });
  const found = new Map<string, Published>();
  if (tails.length === 0) return [];
  // It may join more than once, and begins at the same place each time.
  consumer.on(consumer.events.GROUP_JOIN, () => {
    for (const { partition, from } of tails) consumer.seek({ topic, partition, offset: String(from) });
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const { partition } = batch;
        for (const { headers, offset } of batch.messages)
          if (left.has(partition))
            found.set(`${partition} ${offset}`, { partition, id: String(headers?.['ce_id']), time: String(headers?.['ce_time']) });
        if (Number(batch.lastOffset()) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
      },
    });
    for (let waited = 0; left.size > 0; waited += LOOK_EVERY_MS) {
      if (waited > PATIENCE_MS) throw new Trouble(`The end of ${topic} could not be read within ${PATIENCE_MS / 1_000} seconds.`);
      await pause(LOOK_EVERY_MS);
    }
    return [...found.values()];
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined);
  }
};

const knownIn = async (client: Client, schema: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const sql = `
    select asked.id::text as id from unnest($1::uuid[]) as asked (id)
    where exists (select from ${quoted(schema)}.events e where e.id = asked.id)
      or exists (select from ${quoted(schema)}.archived_stream a where a.ids @> array[asked.id])`;
  const { rows } = await client.query<{ id: string }>(sql, [ids]);
  return new Set(rows.map(({ id }) => id));
};

const reportOf = (log: string, topic: string, found: readonly Published[], known: ReadonlySet<string>): TopicReport => {
  const unknown = found.filter(({ id }) => !known.has(id));
  const holding = new Set(found.filter(({ id }) => known.has(id)).map(({ partition }) => partition));
  const since = unknown.map(({ time }) => time).toSorted()[0];
  return {
    ...{ log, topic, looked: found.length, unknown: unknown.length },
    ...(since === undefined ? {} : { since }),
    orMore: unknown.some(({ partition }) => !holding.has(partition)),
  };
};

/** Compares the ends of the services' topics with their logs; changes neither. */
export const topicsAgainstLogs = async ({ kafka, url, services, last }: TopicsNeeds): Promise<readonly TopicReport[]> => {
  const [admin, client] = [kafka.admin(), new Client({ ...connectionTo(url, UNHURRIED), application_name: 'cartage topics' })];
  try {
    await Promise.all([admin.connect(), client.connect()]);
    const there = new Set(await admin.listTopics());
    const reports: TopicReport[] = [];
    for (const { schema, publication } of services) {
      if (!publication || !there.has(publication.topic)) continue;
      const found = await readTail(kafka, admin, publication.topic, last);
      const known = await knownIn(client, schema, [...new Set(found.map(({ id }) => id))]);
      reports.push(reportOf(schema, publication.topic, found, known));
    }
    return reports;
  } finally {
    await Promise.allSettled([admin.disconnect(), client.end()]);
  }
};
