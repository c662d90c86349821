import type { CloudEvent } from '@cartage/contracts';
import { invalidField, Refused } from '@cartage/eventsourcing';
import { cloudEventOf } from '../../domain/cloud-event';
import type { Attempt } from '../../domain/delivery';
import type { DeliveryLog, DeliveryPage, LoggedDelivery, RedeliveryTerms } from './delivery-table';

/** A delivery with everything that was sent and answered. */
export interface ShownDelivery extends LoggedDelivery {
  /** What is sent: the body of every attempt. */
  readonly event: CloudEvent;
  readonly attemptLog: readonly Attempt[];
}

const unknownDelivery = (deliveryId: string): Refused =>
  new Refused('WEBHOOK_DELIVERY_UNKNOWN', `There is no delivery ${deliveryId}, or it was so long ago that it is forgotten.`, 'unknown');

/** So many may be sent again by one request. */
const MOST_AT_ONCE = 10_000;

const tooMany = (): Refused =>
  invalidField(
    'since',
    'WEBHOOK_REDELIVERY_TOO_LARGE',
    `That are ${MOST_AT_ONCE} deliveries or more. Name a later time, or ask for a replay.`,
  );

export interface DeliveriesNeeds {
  readonly log: DeliveryLog;
  /** Throws where there is no such endpoint. */
  readonly requireEndpoint: (endpointId: string) => Promise<unknown>;
  readonly now: () => Date;
  /** There may be something to send. */
  readonly nudge: () => void;
}

/** What was sent to an endpoint, and again. */
export class Deliveries {
  constructor(private readonly needs: DeliveriesNeeds) {}

  async list(endpointId: string, page: DeliveryPage): Promise<readonly LoggedDelivery[]> {
    await this.needs.requireEndpoint(endpointId);
    return this.needs.log.list(endpointId, page);
  }

  async find(endpointId: string, deliveryId: string): Promise<ShownDelivery> {
    const found = await this.needs.log.find(endpointId, deliveryId);
    if (!found) throw unknownDelivery(deliveryId);
    return {
      ...found.line,
      event: cloudEventOf(found.entry, found.line.replayId ?? undefined),
      attemptLog: await this.needs.log.attempts(deliveryId),
    };
  }

  async redeliver(endpointId: string, deliveryId: string): Promise<ShownDelivery> {
    const { log, now, nudge } = this.needs;
    if (!(await log.redeliver(endpointId, deliveryId, now()))) throw unknownDelivery(deliveryId);
    nudge();
    return this.find(endpointId, deliveryId);
  }

  async redeliverAll(endpointId: string, terms: RedeliveryTerms): Promise<number> {
    const { log, now, nudge, requireEndpoint } = this.needs;
    await requireEndpoint(endpointId);
    if ((await log.count(endpointId, terms, MOST_AT_ONCE)) >= MOST_AT_ONCE) throw tooMany();
    const count = await log.redeliverAll(endpointId, terms, now());
    nudge();
    return count;
  }
}
