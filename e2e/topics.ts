import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contracts, subjects, Topics } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { PATIENCE } from './shop';

/** A message as a subscriber finds it. */
export interface Message {
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

const topics = Object.values(Topics);

const kafkaAt = (brokers: readonly string[]): Kafka =>
  new Kafka({ brokers: [...brokers], clientId: 'subscriber', logLevel: logLevel.NOTHING });

const present = async (admin: Admin): Promise<readonly string[]> => {
  const there = new Set(await admin.listTopics());
  return topics.filter((topic) => there.has(topic));
};

const waiting = async (admin: Admin, some: readonly string[]): Promise<number> => {
  const ends = await Promise.all(some.map((topic) => admin.fetchTopicOffsets(topic)));
  return ends.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
};

const textsOf = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Everything on the topics of all services, read from the beginning as any subscriber can. */
export const messagesOn = async (brokers: readonly string[]): Promise<readonly Message[]> => {
  const kafka = kafkaAt(brokers);
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId: `subscriber-${randomUUID()}` });
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const some = await present(admin);
    const count = await waiting(admin, some);
    const messages: Message[] = [];
    await consumer.subscribe({ topics: [...some], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message: { key, headers, value } }) => {
        messages.push({ topic, key: String(key), headers: textsOf(headers ?? {}), value: String(value) });
      },
    });
    await eventually(() => expect(messages.length).toBeGreaterThanOrEqual(count), PATIENCE);
    return messages;
  } finally {
    await Promise.all([admin.disconnect(), consumer.disconnect()]);
  }
};

/** What a subscriber may rely on, from the published schemas alone. */
const contractOf = (): ((dataSchema: string) => ValidateFunction) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const validators = new Map<string, ValidateFunction>();
  return (dataSchema) => {
    const [type, version] = dataSchema.split(':').slice(-2);
    const found = validators.get(dataSchema) ?? ajv.compile(schema(`${type}.v${version}`));
    validators.set(dataSchema, found);
    return found;
  };
};

const schema = (name: string): object =>
  JSON.parse(readFileSync(join(process.cwd(), 'libs', 'contracts', 'schemas', `${name}.json`), 'utf8')) as object;

const header = ({ headers }: Message, name: string): string => headers[`ce_${name}`] ?? '';

/** How a subject reads that is written as `channel/<channel>[/<sku>]`; of all names only a SKU may have a slash in it. */
const patternOf = (form: string): RegExp =>
  new RegExp(
    `^${form
      .replace(/\[(.*)\]/, '($1)?')
      .replaceAll('<sku>', '.+')
      .replaceAll(/<\w+>/g, '[^/]+')}$`,
  );

/** Whether the subject reads as the contract says that it does. */
const isNamed = (message: Message): boolean => {
  const contract = contracts.find(({ type }) => type === header(message, 'type'));
  if (!contract) return false;
  const forms: Readonly<Record<string, string>> = subjects[contract.topic];
  return contract.subjects.some((kind) => patternOf(forms[kind] ?? '').test(header(message, 'subject')));
};

const wrongIn = (message: Message, validatorOf: ReturnType<typeof contractOf>): readonly string[] => {
  const validate = validatorOf(header(message, 'dataschema'));
  const missing = ['specversion', 'id', 'type', 'source', 'subject', 'partitionkey', 'time', 'sequence', 'correlationid', 'replay'].filter(
    (name) => header(message, name) === '',
  );
  const what = `${header(message, 'type')} ${header(message, 'id')}`;
  return [
    ...missing.map((name) => `${what}: header ce_${name} is missing`),
    ...(message.key === header(message, 'partitionkey') ? [] : [`${what}: the key is ${message.key}, and not its partition key`]),
    ...(isNamed(message) ? [] : [`${what}: the subject ${header(message, 'subject')} does not read as its contract says`]),
    ...(validate(JSON.parse(message.value))
      ? []
      : (validate.errors ?? []).map((error) => `${what}: ${error.instancePath} ${error.message}`)),
  ];
};

/** Everything that breaks a published contract, a line each. */
export const breachesIn = (messages: readonly Message[]): readonly string[] => {
  const validatorOf = contractOf();
  return messages.flatMap((message) => wrongIn(message, validatorOf));
};

/** Ids that stand on two messages. */
export const repeatedIds = (messages: readonly Message[]): readonly string[] => {
  const seen = new Set<string>();
  return messages.map((message) => header(message, 'id')).filter((id) => seen.has(id) || !seen.add(id));
};

const identical = (one: Message, other: Message): boolean =>
  one.value === other.value && JSON.stringify(one.headers) === JSON.stringify(other.headers);

/**
 * What a subscriber works with that passes over what it has seen. After a crash the last events are told again: only the very same, under the
 * same id, are passed over here.
 */
export const withoutRepeats = (messages: readonly Message[]): readonly Message[] => {
  const seen = new Map<string, Message>();
  return messages.filter((message) => {
    const known = seen.get(header(message, 'id'));
    if (!known) seen.set(header(message, 'id'), message);
    return !known || !identical(known, message);
  });
};

/** Subjects whose events, as they came, are not counted 1, 2, 3 … */
export const gapsIn = (messages: readonly Message[]): readonly string[] => {
  const bySubject = new Map<string, number[]>();
  for (const message of messages) {
    const subject = `${message.topic} ${header(message, 'subject')}`;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), Number(header(message, 'sequence'))]);
  }
  return [...bySubject]
    .filter(([, found]) => found.some((sequence, i) => sequence !== i + 1))
    .map(([subject, found]) => `${subject}: ${found.join(', ')}`);
};

export const typesIn = (messages: readonly Message[]): readonly string[] => [
  ...new Set(messages.map((message) => header(message, 'type'))),
];
