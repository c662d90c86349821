import { Pauses, systemClock, type Clock } from '@cartage/eventsourcing';
import { Partitioners, type Kafka, type Message, type PartitionMetadata, type Producer, type RecordMetadata } from 'kafkajs';
import type { Logger } from 'pino';
import { topicFacts, type TopicFacts } from './topics';

export interface SureProducerNeeds {
  readonly kafka: Kafka;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

/** A record that Kafka will never take, and why. */
export interface Refused<Each extends Message> {
  readonly message: Each;
  readonly error: unknown;
}

type Placed<Each extends Message> = Each & { readonly partition: number };

/** A part of a batch is sent in one request: large enough to be worth it, and small enough for any broker. */
const PART_BYTES = 4_000_000;

/** Refusals of what a record is, which no further try can cure. */
const RECORD_REFUSALS: ReadonlySet<unknown> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
]);

/**
 * Sends until every record is acknowledged by all in-sync replicas, for ever if need be, except those that Kafka will never take: these are told.
 * kafkajs alone does not promise that: when a leader dies its retry skips every broker that has already answered, so that records whose
 * partition moved to such a broker are never sent, and `send` resolves all the same (its issue #1303). So we choose the partitions ourselves,
 * compare them with those that the answer acknowledges, and send the missing ones again before anything else.
 *
 * Calls are served one after the other: the order of a partition is the order of the calls.
 */
export class SureProducer {
  private readonly partitionOf = Partitioners.DefaultPartitioner();
  private readonly topics = new Map<string, TopicFacts>();
  private producer: Producer | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly needs: SureProducerNeeds) {}

  /** Answers with what was refused, when all else was acknowledged; with nothing when `signal` ended the attempts. */
  send<Each extends Message>(topic: string, messages: readonly Each[], signal: AbortSignal): Promise<readonly Refused<Each>[] | undefined> {
    const sending = this.last.then(() => new Sending<Each>(topic, signal, this).all(messages));
    this.last = sending;
    return sending;
  }

  /** The next `send` connects again. */
  async disconnect(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    this.topics.clear();
    // It is given up in any case; a connection that cannot be closed any more is closed.
    await producer?.disconnect().catch(() => undefined);
  }

  get log(): Logger {
    return this.needs.log;
  }

  pauses(): Pauses {
    const { clock = systemClock, firstPauseMs = 100, longestPauseMs = 5_000 } = this.needs;
    return new Pauses({ firstMs: firstPauseMs, longestMs: longestPauseMs, clock });
  }

  /** Sends once; answers with what was not acknowledged. */
  async attempt<Each extends Message>(topic: string, messages: readonly Each[]): Promise<readonly Each[]> {
    const producer = await this.connected();
    const placed = this.place(await this.facts(topic), topic, messages);
    const acknowledged = acknowledgedIn(await producer.send({ topic, acks: -1, messages: placed }));
    return placed.filter(({ partition }) => !acknowledged.has(partition));
  }

  async facts(topic: string): Promise<TopicFacts> {
    const known = this.topics.get(topic);
    if (known) return known;
    const facts = await topicFacts(this.needs.kafka, topic);
    this.topics.set(topic, facts);
    return facts;
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const producer = this.needs.kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      // Few: whoever gives up here begins again, with growing pauses, and can stop between.
      retry: { initialRetryTime: 100, retries: 4 },
    });
    await producer.connect();
    return (this.producer = producer);
  }

  private place<Each extends Message>({ partitions }: TopicFacts, topic: string, messages: readonly Each[]): Placed<Each>[] {
    const partitionMetadata = partitionsOf(partitions);
    return messages.map((message) => ({
      ...message,
      partition: message.partition ?? this.partitionOf({ topic, partitionMetadata, message }),
    }));
  }
}

/** One call's records on their way. */
class Sending<Each extends Message> {
  private readonly refused: Refused<Each>[] = [];

  constructor(
    private readonly topic: string,
    private readonly signal: AbortSignal,
    private readonly producer: SureProducer,
  ) {}

  async all(messages: readonly Each[]): Promise<readonly Refused<Each>[] | undefined> {
    for (const part of partsOf(messages)) if (!(await this.part(part))) return undefined;
    return this.refused;
  }

  private async part(messages: readonly Each[]): Promise<boolean> {
    let missing = messages;
    for (const pauses = this.producer.pauses(); missing.length > 0;) {
      if (this.signal.aborted) return false;
      try {
        missing = await this.attempt(missing);
      } catch (error) {
        if (refusalIn(error)) return this.withoutRefused(missing, error);
        this.producer.log.warn({ err: error, topic: this.topic }, 'Kafka took nothing; trying again.');
        await this.producer.disconnect();
        await pauses.rest(this.signal);
      }
    }
    return true;
  }

  /** What the topic's limit rules out is not even sent: a broker may answer it by closing the connection. */
  private async attempt(messages: readonly Each[]): Promise<readonly Each[]> {
    const { maxBytes } = await this.producer.facts(this.topic);
    const tooLarge = messages.filter((message) => sizeOf(message) > maxBytes);
    const fitting = tooLarge.length === 0 ? messages : messages.filter((message) => sizeOf(message) <= maxBytes);
    const missing = fitting.length === 0 ? [] : await this.producer.attempt(this.topic, fitting);
    const error = new Error(`It is larger than the ${maxBytes} bytes that ${this.topic} takes.`);
    for (const message of tooLarge) this.refused.push({ message, error });
    if (missing.length > 0) this.producer.log.debug({ topic: this.topic, missing: missing.length }, 'Not acknowledged; sent again.');
    return missing;
  }

  /** Finds the record that is refused by halving, and sends all others, in order. */
  private async withoutRefused(messages: readonly Each[], error: unknown): Promise<boolean> {
    const [only, ...others] = messages;
    if (only && others.length === 0) {
      this.refused.push({ message: only, error });
      return true;
    }
    // What was taken of it was counted by the broker, but not by kafkajs: only a new producer may send any of it again.
    await this.producer.disconnect();
    const half = Math.ceil(messages.length / 2);
    return (await this.part(messages.slice(0, half))) && (await this.part(messages.slice(half)));
  }
}

/** kafkajs wraps what the broker said, more than once. */
const refusalIn = (error: unknown): boolean => {
  for (let current = error; typeof current === 'object' && current !== null; current = 'cause' in current ? current.cause : undefined)
    if ('type' in current && RECORD_REFUSALS.has(current.type)) return true;
  return false;
};

/** All that the partitioner wants to know is how many there are: it must not choose by who leads, for a key belongs to one partition. */
const partitionsOf = (count: number): PartitionMetadata[] =>
  Array.from({ length: count }, (_, partitionId) => ({ partitionErrorCode: 0, partitionId, leader: 0, replicas: [], isr: [] }));

const acknowledgedIn = (answer: readonly RecordMetadata[]): ReadonlySet<number> =>
  new Set(answer.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition));

const bytesOf = (text: Buffer | string | null | undefined): number => (text ? Buffer.byteLength(text) : 0);

/** What a record takes in a batch, generously. */
export const sizeOf = ({ key, value, headers = {} }: Message): number => {
  let bytes = 200 + bytesOf(key) + bytesOf(value);
  for (const [name, header] of Object.entries(headers)) bytes += name.length + 8 + (Array.isArray(header) ? 0 : bytesOf(header));
  return bytes;
};

/** Cuts a batch into parts that a broker takes. A record that is large for itself goes alone. */
const partsOf = <Each extends Message>(messages: readonly Each[]): readonly (readonly Each[])[] => {
  const parts: Each[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = sizeOf(message);
    if (bytes + size > PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(message);
    bytes += size;
  }
  return parts;
};
