import { setTimeout as sleep } from 'node:timers/promises';
import { Partitioners, type Kafka, type Message, type PartitionMetadata, type Producer, type RecordMetadata } from 'kafkajs';
import type { Logger } from 'pino';
import { pauseOf } from '../delivery/keyed-retry';
import type { RetryPolicy } from '../transport';
import { partitionCounts } from './topics';

export interface SureProducerNeeds {
  readonly kafka: Kafka;
  readonly log: Logger;
  readonly pauses?: RetryPolicy;
}

type Placed = Message & { readonly partition: number };

/** A broker refuses a batch of more than 1 MB, for ever, unless it is told otherwise. */
const PART_BYTES = 800_000;

const growing: RetryPolicy = { attempts: Infinity, firstPauseMs: 100, longestPauseMs: 5_000 };

/**
 * Sends until every record is acknowledged by all in-sync replicas, for ever if need be. kafkajs alone does not promise that: when a leader dies
 * its retry skips every broker that has already answered, so that records whose partition moved to such a broker are never sent, and `send`
 * resolves all the same (its issue #1303). So we choose the partitions ourselves, compare them with those that the answer
 * acknowledges, and send the missing ones again before anything else.
 *
 * Calls are served one after the other: the order of a partition is the order of the calls.
 */
export class SureProducer {
  private readonly partitionOf = Partitioners.DefaultPartitioner();
  private readonly counts = new Map<string, number>();
  private producer: Producer | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly needs: SureProducerNeeds) {}

  /** Answers whether everything was acknowledged; `false` only when `signal` ended the attempts. */
  send(topic: string, messages: readonly Message[], signal: AbortSignal): Promise<boolean> {
    const sending = this.last.then(() => this.sendAll(topic, messages, signal));
    this.last = sending;
    return sending;
  }

  private async sendAll(topic: string, messages: readonly Message[], signal: AbortSignal): Promise<boolean> {
    for (const part of partsOf(messages)) if (!(await this.sendPart(topic, part, signal))) return false;
    return true;
  }

  private async sendPart(topic: string, messages: readonly Message[], signal: AbortSignal): Promise<boolean> {
    let missing = messages;
    for (let attempt = 1; missing.length > 0; attempt += 1) {
      if (signal.aborted) return false;
      try {
        missing = await this.attempt(topic, missing);
        if (missing.length > 0)
          this.needs.log.debug({ topic, missing: missing.length }, 'Kafka did not acknowledge everything; sending the rest.');
      } catch (error) {
        this.needs.log.warn({ err: error, topic, attempt }, 'Kafka took nothing; trying again.');
        await this.disconnect();
        await sleep(pauseOf(this.needs.pauses ?? growing, attempt), undefined, { signal }).catch(() => undefined);
      }
    }
    return true;
  }

  /** The next `send` connects again. */
  async disconnect(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    this.counts.clear();
    // It is given up in any case; a connection that cannot be closed any more is closed.
    await producer?.disconnect().catch(() => undefined);
  }

  /** Sends once; answers with what was not acknowledged. */
  private async attempt(topic: string, messages: readonly Message[]): Promise<readonly Message[]> {
    const producer = await this.connected();
    const placed = await this.place(topic, messages);
    const acknowledged = acknowledgedIn(await producer.send({ topic, acks: -1, messages: placed }));
    return placed.filter(({ partition }) => !acknowledged.has(partition));
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const producer = this.needs.kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return (this.producer = producer);
  }

  private async place(topic: string, messages: readonly Message[]): Promise<Placed[]> {
    const partitionMetadata = partitionsOf(await this.count(topic));
    return messages.map((message) => ({
      ...message,
      partition: message.partition ?? this.partitionOf({ topic, partitionMetadata, message }),
    }));
  }

  private async count(topic: string): Promise<number> {
    const known = this.counts.get(topic);
    if (known !== undefined) return known;
    const count = (await partitionCounts(this.needs.kafka, [topic])).get(topic);
    if (!count) throw new Error(`Kafka does not know the topic ${topic}.`);
    this.counts.set(topic, count);
    return count;
  }
}

/** All that the partitioner wants to know is how many there are: it must not choose by who leads, for a key belongs to one partition. */
const partitionsOf = (count: number): PartitionMetadata[] =>
  Array.from({ length: count }, (_, partitionId) => ({ partitionErrorCode: 0, partitionId, leader: 0, replicas: [], isr: [] }));

const acknowledgedIn = (answer: readonly RecordMetadata[]): ReadonlySet<number> =>
  new Set(answer.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition));

/** Cuts a batch into parts that a broker takes. A record that is too big for itself goes alone. */
const partsOf = (messages: readonly Message[]): readonly (readonly Message[])[] => {
  const parts: Message[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = message.value === null ? 0 : Buffer.byteLength(message.value);
    if (bytes + size > PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(message);
    bytes += size;
  }
  return parts;
};
