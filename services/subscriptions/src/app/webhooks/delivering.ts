import type { Sealed } from '@cartage/contracts';
import { Pauses, type Clock, type Tracing } from '@cartage/eventsourcing';
import { roomIn } from '../../domain/circuit-breaker';
import { cloudEventOf } from '../../domain/cloud-event';
import { verdictOn, type Attempt, type Delivery } from '../../domain/delivery';
import { afterAttempt, signingNow, type SigningSecret } from '../../domain/webhook-endpoint';
import type { ClaimedDeliveries, ClaimedDelivery, DeliveryQueue } from './delivery-table';
import { tracedAttempt } from './traced-attempt';
import type { WebhookPost } from './webhook-post';

export interface DeliveringNeeds {
  readonly queue: DeliveryQueue;
  readonly post: WebhookPost;
  readonly open: (box: Sealed) => Promise<readonly SigningSecret[]>;
  readonly clock: Clock;
  /** Until there may be more to send, or it is time to look. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** There may be more to send. */
  readonly nudge: () => void;
  /** How many are under way to one endpoint at once. */
  readonly parallel: number;
  /** How long an attempt may take. */
  readonly timeoutMs: number;
  readonly onTrouble: (error: unknown) => void;
  /** Absent: nobody wants traces. */
  readonly tracing?: Tracing | undefined;
}

/** So many are under way from this process at once, to all endpoints; some more where many endpoints have their share beside others that had come first. */
const MOST_UNDER_WAY = 100;
/** What other processes entered, and what is due again, is noticed by looking. */
const LOOK_EVERY_MS = 500;
/** Beyond the longest attempt: the attempt of a process that is slow to settle is not made again at once. */
const LEASE_MARGIN_MS = 45_000;

/** What is under way from this process. */
class UnderWay {
  private readonly byEndpoint = new Map<string, Set<Promise<void>>>();
  private count = 0;

  add(endpointId: string, sending: Promise<void>): void {
    const own = this.byEndpoint.get(endpointId) ?? new Set();
    this.byEndpoint.set(endpointId, own.add(sending));
    this.count += 1;
  }

  delete(endpointId: string, sending: Promise<void>): void {
    const own = this.byEndpoint.get(endpointId);
    if (own?.delete(sending)) this.count -= 1;
    if (own?.size === 0) this.byEndpoint.delete(endpointId);
  }

  /** How many places each of these endpoints may count on, beside those to which something is under way. */
  shareOf(endpointIds: readonly string[]): number {
    const all = new Set([...endpointIds, ...this.byEndpoint.keys()]);
    return Math.max(1, Math.floor(MOST_UNDER_WAY / Math.max(1, all.size)));
  }

  /** How many more may be begun to an endpoint: what is free goes to whoever comes first, but its share each has, however slow the others are. */
  roomFor(endpointId: string, share: number): number {
    const own = this.byEndpoint.get(endpointId)?.size ?? 0;
    return Math.max(0, MOST_UNDER_WAY - this.count, share - own);
  }

  async ended(): Promise<void> {
    await Promise.all([...this.byEndpoint.values()].flatMap((own) => [...own]));
  }
}

/** Sends what happens to webhook endpoints. Any number of processes do so at once: each delivery is claimed by one, and by another one if that dies. */
export class Delivering {
  private readonly ending = new AbortController();
  private readonly underWay = new UnderWay();
  /** Something has ended since it was looked last: there is room, and nobody need wait. */
  private hasEnded = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly needs: DeliveringNeeds) {}

  readonly start = async (): Promise<void> => {
    this.running = this.run();
  };

  /** What is under way is broken off, and sent again by whoever goes on. */
  readonly stop = async (): Promise<void> => {
    this.ending.abort();
    await this.running;
    await this.underWay.ended();
  };

  private async run(): Promise<void> {
    const { clock, wait, onTrouble } = this.needs;
    const { signal } = this.ending;
    const pauses = new Pauses({ firstMs: 200, longestMs: 10_000, clock });
    while (!signal.aborted) {
      try {
        this.hasEnded = false;
        await this.claimAll();
        pauses.reset();
        if (!this.hasEnded) await wait(LOOK_EVERY_MS, signal);
      } catch (error) {
        onTrouble(error);
        await pauses.rest(signal);
      }
    }
  }

  private async claimAll(): Promise<void> {
    const { queue, clock, onTrouble } = this.needs;
    const endpointIds = await queue.endpointsWithWork(clock.now());
    const share = this.underWay.shareOf(endpointIds);
    for (const endpointId of endpointIds) {
      const claimed = this.ending.signal.aborted ? undefined : await this.claim(endpointId, share);
      // One whose secrets cannot be opened keeps no other waiting: what was claimed for it is claimed again when the claim has ended.
      if (claimed) await this.sendAll(claimed).catch(onTrouble);
    }
  }

  private async claim(endpointId: string, share: number): Promise<ClaimedDeliveries | undefined> {
    const { queue, clock, parallel, timeoutMs } = this.needs;
    const most = this.underWay.roomFor(endpointId, share);
    if (most === 0) return undefined;
    const now = clock.now();
    const until = new Date(now.getTime() + timeoutMs + LEASE_MARGIN_MS);
    return queue.claim(endpointId, { now, until, most, roomIn: (breaker) => roomIn(breaker, now, parallel) });
  }

  /** Begins all of them, and waits for none. */
  private async sendAll({ endpoint, deliveries }: ClaimedDeliveries): Promise<void> {
    const { open, clock, nudge } = this.needs;
    if (deliveries.length === 0) return;
    const secrets = signingNow(await open(endpoint.secrets), clock.now()).map(({ secret }) => secret);
    const { endpointId, url } = endpoint;
    for (const claimed of deliveries) {
      const sending = this.send({ url, secrets, ...claimed }).finally(() => {
        this.underWay.delete(endpointId, sending);
        this.hasEnded = true;
        nudge();
      });
      this.underWay.add(endpointId, sending);
    }
  }

  private async send({ url, secrets, ...claimed }: Sending): Promise<void> {
    const { post, queue, onTrouble, tracing } = this.needs;
    const { delivery, entry, replayId } = claimed;
    const { signal } = this.ending;
    const body = JSON.stringify(cloudEventOf(entry, replayId));
    try {
      const attempt = await tracedAttempt(tracing, claimed, () => post({ url, id: delivery.deliveryId, body, secrets, signal }));
      // It was broken off here: that says nothing of the receiver.
      if (signal.aborted && attempt.answer === undefined) await queue.release(delivery);
      else await this.settle(delivery, attempt);
    } catch (error) {
      // It stays claimed until the claim ends, and is then sent again.
      onTrouble(error);
    }
  }

  private settle(delivery: Delivery, attempt: Attempt): Promise<void> {
    const now = this.needs.clock.now();
    const verdict = verdictOn(delivery, attempt, now);
    return this.needs.queue.settle({ delivery, attempt, verdict, after: (breaker) => afterAttempt(breaker, attempt, now) });
  }
}

interface Sending extends ClaimedDelivery {
  readonly url: string;
  readonly secrets: readonly string[];
}
