import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Topics } from '@cartage/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { messagesThere } from './sizes';

/** A message as any subscriber finds it. */
export interface Message {
  readonly topic: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  /** The order that it belongs to, else its subject. */
  readonly key: string;
  /** When it was recorded, ISO 8601 UTC. */
  readonly time: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Everything of it, to be compared with a repeat. */
  readonly whole: string;
}

interface Received {
  readonly topic: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

export const messageOf = ({ topic, headers, value }: Received): Message => ({
  topic,
  id: headers['ce_id'] ?? '',
  type: headers['ce_type'] ?? '',
  subject: headers['ce_subject'] ?? '',
  key: headers['ce_partitionkey'] ?? '',
  time: headers['ce_time'] ?? '',
  sequence: Number(headers['ce_sequence']),
  data: JSON.parse(value) as Message['data'],
  whole: JSON.stringify([headers, value]),
});

const textsOf = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const PATIENCE_MS = 60_000;

/** Everything on the topics of all services, in the order of each partition. */
export const messagesOn = async (brokers: readonly string[]): Promise<readonly Message[]> => {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'chaos-judge', logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId: `chaos-judge-${randomUUID()}` });
  try {
    await Promise.all([admin.connect(), consumer.connect()]);
    const there = await admin.listTopics();
    const topics = Object.values(Topics).filter((topic) => there.includes(topic));
    const size = await messagesThere(admin, topics, { ms: PATIENCE_MS, everyMs: 500 });
    const found: Message[] = [];
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message: { headers, value } }) => {
        found.push(messageOf({ topic, headers: textsOf(headers ?? {}), value: String(value) }));
      },
    });
    for (const end = Date.now() + PATIENCE_MS; found.length < size; await pause(100))
      if (Date.now() > end)
        throw new Error(`Of ${size} messages on the topics ${found.length} could be read within ${PATIENCE_MS / 1000} s.`);
    return found;
  } finally {
    await Promise.allSettled([admin.disconnect(), consumer.disconnect()]);
  }
};

/** After a crash the last events are told again: the very same, under the same id, are passed over. */
export const withoutRepeats = (messages: readonly Message[]): readonly Message[] => {
  const seen = new Map<string, string>();
  return messages.filter(({ id, whole }) => {
    const known = seen.get(id);
    if (known === undefined) seen.set(id, whole);
    return known !== whole;
  });
};
