import type { Envelope, Topic } from '@cartage/contracts';
import { failureOf, messageOf, Pauses, START, systemClock, type Clock, type EventStore, type StoredEvent } from '@cartage/eventsourcing';
import type { IHeaders, Kafka, Message } from 'kafkajs';
import type { Logger } from 'pino';
import type { Checkpoints } from '../checkpoint';
import type { Lock } from '../lock';
import type { ParkedPublications } from '../parked-publication';
import { envelopesOf, type AnyPublication } from '../publication';
import { recordOf } from '../record';
import type { TracedMessaging } from '../traced';
import { sizeOf, SureProducer, type Refused } from './producer';
import { sendingSpans } from './sending-spans';
import { ensureTopics, topicTroubles, usualShape, type TopicShape } from './topics';
import { unlessAborted } from './unless-aborted';

export interface PublishingNeeds {
  readonly store: EventStore;
  readonly publication: AnyPublication;
  readonly kafka: Kafka;
  readonly checkpoints: Checkpoints;
  /** Where events are named that Kafka will never take. */
  readonly parked: ParkedPublications;
  /** One process of the service publishes; the others stand by. */
  readonly lock: Lock;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly traced?: TracedMessaging | undefined;
  readonly shape?: TopicShape;
  /** At most this many events in one send. */
  readonly batchSize?: number;
  /** How long a small batch waits for company. Its events are later by so much, and cost far less. */
  readonly gatherMs?: number;
}

export interface Publisher {
  /** Whether this process is the one that publishes now. */
  readonly active: boolean;
  readonly health: PublisherHealth;
  /** Ends the send in hand, saves the checkpoint, gives the lock to a standby. */
  stop(): Promise<void>;
}

export interface PublisherHealth {
  readonly publishesHere: boolean;
  /** How many events Kafka will never take. */
  readonly parked: number;
  /** Why nothing is published, or what a person should mend; nothing while all is well. */
  readonly troubles: readonly string[];
}

/** Under this name the publisher of a topic keeps its checkpoint. */
export const publisherOf = (topic: Topic): string => `publisher.${topic}`;

/** An envelope as a Kafka record. */
export const messageFor = (envelope: Envelope): Message & { readonly key: string; readonly value: Buffer; readonly headers: IHeaders } => ({
  key: envelope.key,
  ...recordOf(envelope),
});

type EventMessage = ReturnType<typeof messageFor>;

/** What will never be taken; nothing when it was stopped before all was acknowledged. */
type Sent = readonly Refused<EventMessage>[] | undefined;

/**
 * The event log is the outbox: follows it from the saved checkpoint and sends what is public to Kafka, in order. At least once: the checkpoint is
 * saved after every replica in sync has acknowledged, so that a crash sends some events again, with the same ids and sequences. An event that
 * Kafka will never take is parked, with an alarm, and does not stop its topic. Retries for ever; Kafka may be away when it begins.
 */
export const publishing = (needs: PublishingNeeds): Publisher => {
  const publisher = new OutboxPublisher(needs);
  publisher.start();
  return publisher;
};

class OutboxPublisher implements Publisher {
  private readonly ending = new AbortController();
  private readonly clock: Clock;
  private running = Promise.resolve();
  private holding = false;
  private parked = 0;
  private failing: string | undefined;
  private troubles: readonly string[] = [];

  constructor(private readonly needs: PublishingNeeds) {
    this.clock = needs.clock ?? systemClock;
  }

  get active(): boolean {
    return this.holding;
  }

  get health(): PublisherHealth {
    const { topic } = this.needs.publication;
    const troubles = [
      ...(this.failing === undefined ? [] : [`Nothing is published on ${topic}: ${this.failing}`]),
      ...(this.parked === 0 ? [] : [`${this.parked} events of ${topic} cannot be published; see the table parked_publication.`]),
      ...this.troubles,
    ];
    return { publishesHere: this.holding, parked: this.parked, troubles };
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
    const pauses = new Pauses({ firstMs: 100, longestMs: 10_000, clock: this.clock });
    while (!signal.aborted) {
      try {
        await this.hold(() => pauses.reset());
      } catch (error) {
        this.failing = messageOf(error);
        this.needs.log.error({ err: error, topic: this.needs.publication.topic }, 'Publishing failed; trying again.');
        await pauses.rest(signal);
      }
    }
  }

  /** Publishes for as long as the lock is ours. */
  private async hold(succeeded: () => void): Promise<void> {
    const { lock, log, publication, kafka } = this.needs;
    // Whoever has it publishes, and says what fails; of what failed here before nobody needs to hear any more.
    const held = await lock.acquire(this.ending.signal, () => (this.failing = undefined));
    if (!held) return;
    const producer = new SureProducer({ kafka, log, clock: this.clock });
    this.holding = true;
    try {
      // kafkajs looks for a broker that is away for longer than a stop may take, and cannot be told to give up.
      await unlessAborted(this.prepare(producer), this.ending.signal);
      if (this.ending.signal.aborted) return;
      log.info({ topic: publication.topic }, 'This process publishes now.');
      this.failing = undefined;
      succeeded();
      await this.publish(producer, AbortSignal.any([held.lost, this.ending.signal]));
    } finally {
      this.holding = false;
      await producer.disconnect();
      await held.release();
    }
  }

  private async prepare(producer: SureProducer): Promise<void> {
    const { publication, kafka, parked, log, shape = usualShape } = this.needs;
    const { topic } = publication;
    await ensureTopics(kafka, [topic], shape);
    this.troubles = topicTroubles(topic, await producer.facts(topic), shape);
    for (const trouble of this.troubles) log.error({ topic }, trouble);
    this.parked = await parked.count(topic);
  }

  private async publish(producer: SureProducer, signal: AbortSignal): Promise<void> {
    const { store, publication, checkpoints, batchSize = 1_000 } = this.needs;
    const name = publisherOf(publication.topic);
    for await (const events of store.follow({ from: await checkpoints.load(name), signal, batchSize })) {
      if (!(await this.send(producer, events, signal))) return;
      await checkpoints.save(name, events.at(-1)?.position ?? START);
      if (events.length < batchSize / 10) await this.gather(signal);
    }
  }

  private async gather(signal: AbortSignal): Promise<void> {
    const { gatherMs = 0 } = this.needs;
    if (gatherMs > 0) await this.clock.pause(gatherMs, signal);
  }

  /** Whether all of it was acknowledged or parked; false when the signal ended that. */
  private async send(producer: SureProducer, events: readonly StoredEvent[], signal: AbortSignal): Promise<boolean> {
    const refused = await this.sendTraced(producer, events, signal);
    for (const each of refused ?? []) await this.park(each);
    return refused !== undefined;
  }

  private async sendTraced(producer: SureProducer, events: readonly StoredEvent[], signal: AbortSignal): Promise<Sent> {
    const { publication, traced } = this.needs;
    const envelopes = events.flatMap((event) => envelopesOf(publication, event));
    const end = sendingSpans(traced, envelopes);
    try {
      const refused = await producer.send(publication.topic, envelopes.map(messageFor), signal);
      end(new Set(refused?.map(({ message }) => String(message.headers['ce_id']))), refused ? undefined : 'stopped');
      return refused;
    } catch (error) {
      end(new Set(), failureOf(error));
      throw error;
    }
  }

  private async park({ message, error }: Refused<EventMessage>): Promise<void> {
    const { publication, parked, log } = this.needs;
    const { topic } = publication;
    const eventId = String(message.headers['ce_id']);
    const bytes = sizeOf(message);
    await parked.park({ topic, eventId, type: String(message.headers['ce_type']), bytes, error: messageOf(error) });
    this.parked = await parked.count(topic);
    log.error({ err: error, topic, eventId, bytes }, 'An event can never be published: it is parked, and its subscribers miss it.');
  }
}
