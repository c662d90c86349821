import type { CircuitBreaker } from '../../domain/circuit-breaker';
import type { Attempt, Delivery, DeliveryStatus, Verdict } from '../../domain/delivery';
import type { Entry } from '../../domain/journaling';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';

/** A delivery that is ours for a while, and what is sent. */
export interface ClaimedDelivery {
  readonly delivery: Delivery;
  readonly entry: Entry;
  /** The replay that it belongs to; absent: it is sent because it happened. */
  readonly replayId?: string;
}

/** Deliveries that are ours for a while, and where they go. */
export interface ClaimedDeliveries {
  readonly endpoint: Pick<WebhookEndpoint, 'endpointId' | 'url' | 'secrets'>;
  readonly deliveries: readonly ClaimedDelivery[];
}

export interface Claim {
  readonly now: Date;
  /** Whoever has not settled by then may find them sent by somebody else. */
  readonly until: Date;
  /** No more than so many are taken. */
  readonly most: number;
  /** How many deliveries to it may be under way at once, those included that other processes have. */
  readonly roomIn: (breaker: CircuitBreaker) => number;
}

/** What an attempt leads to. */
export interface Settlement {
  readonly delivery: Delivery;
  readonly attempt: Attempt;
  /** How it goes on with the delivery. */
  readonly verdict: Verdict;
  /** What it says of the endpoint. */
  readonly after: (breaker: CircuitBreaker) => Pick<WebhookEndpoint, 'breaker' | 'pause'>;
}

/** For whoever sends. */
export interface DeliveryQueue {
  /** Endpoints to which something may be sent now. */
  endpointsWithWork(now: Date): Promise<readonly string[]>;
  /**
   * Enters what has happened since, and takes the first delivery of as many orders as there is room for: a later event of an order waits behind an earlier one. Nothing where somebody else does so
   * at this moment.
   */
  claim(endpointId: string, claim: Claim): Promise<ClaimedDeliveries | undefined>;
  /** Enters the attempt; whoever has lost the claim changes nothing else. Many at once are settled together. */
  settle(settlement: Settlement): Promise<void>;
  /** Gives it back as if it had not been tried. */
  release(delivery: Delivery): Promise<void>;
}

/** A line of the log of deliveries. */
export interface LoggedDelivery {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly status: DeliveryStatus;
  readonly eventId: string;
  readonly type: string;
  readonly orderId: string | null;
  readonly position: string;
  /** The replay that it belongs to; null: to none. */
  readonly replayId: string | null;
  readonly attempts: number;
  readonly enteredAt: string;
  /** When it is tried next; null where it is not. */
  readonly nextAt: string | null;
  readonly endedAt: string | null;
}

export interface DeliveryPage {
  readonly status?: DeliveryStatus | undefined;
  readonly after?: readonly [position: string, deliveryId: string] | undefined;
  readonly limit: number;
}

/** Which are sent again: those that ended since then, and ended so. */
export interface RedeliveryTerms {
  readonly since: string;
  readonly statuses: readonly DeliveryStatus[];
}

/** For people who look into it. */
export interface DeliveryLog {
  /** Newest events first. */
  list(endpointId: string, page: DeliveryPage): Promise<readonly LoggedDelivery[]>;
  find(endpointId: string, deliveryId: string): Promise<{ readonly line: LoggedDelivery; readonly entry: Entry } | undefined>;
  /** The first first. */
  attempts(deliveryId: string): Promise<readonly Attempt[]>;
  /** Sent again, as soon as its turn comes. False: there is none. */
  redeliver(endpointId: string, deliveryId: string, now: Date): Promise<boolean>;
  /** How many it would be; `most` for so many or more. */
  count(endpointId: string, terms: RedeliveryTerms, most: number): Promise<number>;
  /** Answers how many it are. */
  redeliverAll(endpointId: string, terms: RedeliveryTerms, now: Date): Promise<number>;
  /** Forgets so many that ended before then. */
  forget(before: string, limit: number): Promise<number>;
}
