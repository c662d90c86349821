import type { Envelope, Topic } from '@cartage/contracts';
import type { Clock, Position } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import type { Checkpoints } from '../checkpoint';
import type { DeadLetters } from '../dead-letter';
import { Delivery } from '../delivery/delivery';
import { Group } from '../delivery/group';
import { incomingOf, storedWork } from '../delivery/incoming';
import { Neighbours } from '../delivery/neighbours';
import { Redelivery } from '../delivery/redelivery';
import { Saving } from '../delivery/saving';
import type { AnyListener } from '../listener';
import type { TracedMessaging } from '../traced';
import { usualPolicy, type GroupHealth, type RetryPolicy, type Subscription, type Transport } from '../transport';
import type { LogEntry, LogReader, Reader } from './log-reader';

export interface EmbeddedTransportNeeds {
  /** Who publishes what, in this process. Shared by the transports of all its services: one reader for each log. */
  readonly sources: ReadonlyMap<Topic, LogReader>;
  /** Of the service that listens. */
  readonly checkpoints: Checkpoints;
  readonly deadLetters: DeadLetters;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly traced?: TracedMessaging | undefined;
  readonly retry?: RetryPolicy;
  /** At most this many events of a group in hand at once. */
  readonly window?: number;
  readonly saveEveryMs?: number;
}

type SubscriptionNeeds = Required<Omit<EmbeddedTransportNeeds, 'sources' | 'clock' | 'saveEveryMs' | 'traced'>> & {
  readonly traced?: TracedMessaging | undefined;
  readonly listener: AnyListener;
  readonly reader: LogReader;
  readonly clock?: Clock;
  readonly neighbours: Neighbours;
  /** There is something to save. */
  readonly onProgress: () => void;
};

/** One group that follows a log of the same process. */
class LogSubscription implements Reader, Subscription {
  private readonly ending = new AbortController();
  private readonly group: Group;
  private readonly delivery: Delivery<Position>;
  private readonly redelivery: Redelivery;
  private saved: Position | undefined;
  private served = Promise.resolve();

  constructor(
    private readonly needs: SubscriptionNeeds,
    private taken: Position,
  ) {
    const { listener, window, deadLetters, onProgress } = needs;
    this.group = new Group({ ...needs, group: listener.group });
    this.redelivery = new Redelivery({ group: this.group, deadLetters, workFor: (letter) => storedWork(needs, letter) });
    const settle: Group['settle'] = (incoming, signal) => this.group.settle(incoming, signal);
    this.delivery = new Delivery({ settle, window, onProgress });
  }

  get position(): Position {
    return this.taken;
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  get health(): GroupHealth {
    const health = this.group.health();
    return { group: this.needs.listener.group, status: health.why === undefined ? 'listening' : 'waiting', ...health };
  }

  start(): void {
    this.group.loadBlocked();
    this.redelivery.start();
    this.served = this.needs.reader.serve(this);
  }

  async take(batch: readonly LogEntry[]): Promise<void> {
    const { taken } = this;
    const last = batch.at(-1)?.position ?? taken;
    if (last > taken) this.taken = last;
    for (const { position, envelopes } of batch) {
      if (position <= taken) continue;
      if (!this.delivery.hasRoom()) await this.delivery.room();
      this.delivery.offer(position, this.incoming(envelopes));
    }
  }

  async stop(): Promise<void> {
    this.ending.abort();
    const delivered = this.delivery.stop();
    this.group.stop();
    await Promise.all([delivered, this.served, this.redelivery.ended()]);
    await this.save().catch((error: unknown) => this.needs.log.warn({ err: error }, 'The last checkpoint could not be saved.'));
  }

  async save(): Promise<void> {
    const { reached } = this.delivery;
    if (reached === undefined || reached === this.saved) return;
    await this.needs.checkpoints.save(this.needs.listener.group, reached);
    this.saved = reached;
  }

  /** Of an event in several versions a listener takes one at most. */
  private incoming(envelopes: readonly Envelope[]): ReturnType<typeof incomingOf> {
    for (const envelope of envelopes) {
      const incoming = incomingOf(this.needs, envelope);
      if (incoming) return incoming;
    }
    return undefined;
  }
}

/** The messaging port without a broker: groups follow the event logs of the same process. Make one for each service that listens. */
export const embeddedTransport = ({
  sources,
  retry = usualPolicy,
  window = 500,
  saveEveryMs = 1_000,
  ...needs
}: EmbeddedTransportNeeds): Transport => {
  const [subscriptions, neighbours] = [new Set<LogSubscription>(), new Neighbours()];
  let closed = false;
  // All groups at the same moment, so that they share a round trip.
  const saving = new Saving({
    everyMs: saveEveryMs,
    save: async () => void (await Promise.all([...subscriptions].map((subscription) => subscription.save()))),
    failed: (error) => needs.log.warn({ err: error }, 'Checkpoints of groups could not be saved; trying again.'),
    ...(needs.clock ? { clock: needs.clock } : {}),
  });

  const stop = (subscription: LogSubscription): Promise<void> => {
    subscriptions.delete(subscription);
    return subscription.stop();
  };

  const listen = async (listener: AnyListener): Promise<Subscription> => {
    const reader = sources.get(listener.topic);
    if (!reader) throw new Error(`${listener.group} listens to ${listener.topic}, but no service in this process publishes it.`);
    const log = needs.log.child({ group: listener.group });
    const position = await needs.checkpoints.load(listener.group);
    // Whoever closed it meanwhile knows of no such subscription, and would leave it running.
    if (closed) throw new Error(`${listener.group} was to listen to a transport that is closed.`);
    const its = { ...needs, listener, reader, retry, window, log, neighbours, onProgress: saving.needed };
    const subscription = new LogSubscription(its, position);
    subscription.start();
    subscriptions.add(subscription);
    return { stop: () => stop(subscription) };
  };

  return {
    listen,
    health: () => [...subscriptions].map(({ health }) => health),
    close: async () => {
      closed = true;
      await Promise.all([saving.stop(), ...[...subscriptions].map(stop)]);
    },
  };
};
