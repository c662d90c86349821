import { setTimeout as sleep } from 'node:timers/promises';
import type { Topic } from '@cartage/contracts';
import type { EventStore, StoredEvent } from '@cartage/eventsourcing';
import type { Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { pauseOf } from '../delivery/keyed-retry';
import type { Lock } from '../lock';
import type { Positions } from '../positions';
import { envelopeOf, type AnyPublication } from '../publication';
import { patient } from '../transport';
import { messageOf } from './message';
import { SureProducer } from './sure-producer';
import { kafkaTopics, usualShape, type TopicShape } from './topics';

export interface PublishingNeeds {
  readonly store: EventStore;
  readonly publication: AnyPublication;
  readonly kafka: Kafka;
  readonly positions: Positions;
  /** One process of the service publishes; the others stand by. */
  readonly lock: Lock;
  readonly log: Logger;
  readonly shape?: TopicShape;
  /** At most this many events in one send. */
  readonly batchSize?: number;
}

export interface Publisher {
  /** Whether this process is the one that publishes now. */
  readonly active: boolean;
  /** Ends the send in hand, saves the position, gives the lock to a standby. */
  stop(): Promise<void>;
}

/** Under this name the publisher of a topic keeps its position. */
export const publisherOf = (topic: Topic): string => `publisher.${topic}`;

/**
 * The event log is the outbox: follows it from the saved position and sends what is public to Kafka, in order. At least once: the position is
 * saved after every replica in sync has acknowledged, so that a crash sends some events again, with the same ids and sequences. Retries
 * for ever; nothing is ever skipped.
 */
export const publishing = (needs: PublishingNeeds): Publisher => {
  const publisher = new LogPublisher(needs);
  publisher.start();
  return publisher;
};

class LogPublisher implements Publisher {
  private readonly ending = new AbortController();
  private running = Promise.resolve();
  private holding = false;

  constructor(private readonly needs: PublishingNeeds) {}

  get active(): boolean {
    return this.holding;
  }

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.hold();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.needs.log.error({ err: error, topic: this.needs.publication.topic }, 'Publishing failed; trying again.');
        await sleep(pauseOf(patient, failures), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Publishes for as long as the lock is ours. */
  private async hold(): Promise<void> {
    const { lock, log, publication, kafka } = this.needs;
    const held = await lock.acquire(this.ending.signal);
    if (!held) return;
    const producer = new SureProducer({ kafka, log });
    this.holding = true;
    log.info({ topic: publication.topic }, 'This process publishes now.');
    try {
      await this.publish(producer, AbortSignal.any([held.lost, this.ending.signal]));
    } finally {
      this.holding = false;
      await producer.disconnect();
      await held.release();
    }
  }

  private async publish(producer: SureProducer, signal: AbortSignal): Promise<void> {
    const { store, publication, positions, kafka, shape = usualShape, batchSize = 500 } = this.needs;
    const name = publisherOf(publication.topic);
    await kafkaTopics(kafka, [publication.topic], shape);
    for await (const events of store.follow({ from: await positions.load(name), signal, batchSize })) {
      const sent = await producer.send(publication.topic, this.messagesOf(events), signal);
      const last = events.at(-1);
      if (sent && last) await positions.save(name, last.position);
    }
  }

  private messagesOf(events: readonly StoredEvent[]): ReturnType<typeof messageOf>[] {
    return events.flatMap((event) => {
      const envelope = envelopeOf(this.needs.publication, event);
      return envelope ? [messageOf(envelope)] : [];
    });
  }
}
