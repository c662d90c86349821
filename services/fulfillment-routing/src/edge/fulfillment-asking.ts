import type { Reason } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { answered } from '@cartage/service-kit';
import type { FastifyReply } from 'fastify';
import type { OfOrder } from '../app/fulfillment-desk';
import type { RoutingReading, ShownBrokering } from '../app/routing-reading';
import type { HandledBrokering } from '../app/sending';

/** What is asked of a fulfilment is answered with its order, as it is afterwards. */
export abstract class FulfillmentAsking {
  protected abstract readonly reading: RoutingReading;

  protected async answer(
    reply: FastifyReply,
    fulfillmentId: string,
    ask: (of: OfOrder) => Promise<HandledBrokering>,
  ): Promise<ShownBrokering> {
    const orderId = await this.reading.orderOf(fulfillmentId);
    answered(reply, await ask({ orderId, fulfillmentId }));
    return this.reading.order(orderId);
  }
}

interface Said {
  readonly reason: string;
  readonly detail?: string | undefined;
}

/** Whose wish it is, and who of us says so. */
export const reasonOf = ({ reason: code, detail }: Said, { actor }: Meta, by: 'customer' | 'operator' = 'operator'): Reason => ({
  code,
  ...(detail === undefined ? {} : { detail }),
  by,
  ...(by === 'operator' ? { actor } : {}),
});
