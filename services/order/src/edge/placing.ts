import {
  answered,
  answeredItems,
  nameOfItem,
  previewOfItem,
  problemOf,
  shapedEach,
  type ItemPreview,
  type Items,
  type Problem,
} from '@cartage/service-kit';
import { Previewed, Refused, type Meta } from '@cartage/eventsourcing';
import type { FastifyReply } from 'fastify';
import type { Orders, Placed, Receipt } from '../app/orders';
import type { Placement } from '../domain/placement';
import { BatchOrderDto } from './batch.dto';
import type { ChannelOrderDto } from './orders.dto';

export const placementOf = (body: ChannelOrderDto, channel: string, externalOrderId: string | undefined): Placement => ({
  ...body,
  channel,
  externalOrderId,
});

/** 201 for a new order; 200, with the same body, for one that was there; 202 for what waits for a person. */
export const receipted = (reply: FastifyReply, placed: Placed): Receipt => {
  if (placed.receipt.status === 'parked') {
    reply.status(202);
    return placed.receipt;
  }
  answered(reply, placed);
  reply.header('Location', `/orders/${placed.receipt.orderId}`).status(placed.repeated ? 200 : 201);
  return placed.receipt;
};

/** What one order of a batch would have been answered, had it come alone. */
export interface BatchItem extends ItemPreview {
  /** As it was sent; null where it has none. */
  readonly externalOrderId: string | null;
  readonly status: number;
  readonly receipt?: Receipt;
  readonly problem?: Problem;
}

export type BatchAnswer = Items<BatchItem>;

interface Batch {
  readonly channel: string;
  readonly orders: readonly unknown[];
}

/** Takes what can be taken, all at the same time, so that they share round trips; the others are answered with what is wrong with them. */
export const placeBatch = async (orders: Orders, { channel, orders: items }: Batch, meta: Meta): Promise<BatchAnswer> => {
  const shaped = shapedEach(BatchOrderDto, items);
  const right = shaped.flatMap((each) => (each instanceof Refused ? [] : [each]));
  const done = await orders.placeMany(
    right.map((order) => placementOf(order, channel, order.externalOrderId)),
    meta,
  );
  const outcomes = new Map<unknown, Outcome | undefined>(right.map((order, i) => [order, done[i]]));
  return answeredItems(
    shaped.map((each, i) => {
      const outcome = each instanceof Refused ? each : outcomes.get(each);
      return { externalOrderId: nameOfItem(items[i], 'externalOrderId'), ...answerOf(outcome, meta.correlationId) };
    }),
  );
};

type Outcome = Placed | Refused | Previewed;

const statusOf = ({ receipt, repeated }: Placed): number => {
  if (receipt.status === 'parked') return 202;
  return repeated ? 200 : 201;
};

const answerOf = (outcome: Outcome | undefined, correlationId: string): Omit<BatchItem, 'externalOrderId'> => {
  if (outcome instanceof Previewed) return { status: 200, ...previewOfItem(outcome) };
  if (outcome && !(outcome instanceof Refused)) return { status: statusOf(outcome), receipt: outcome.receipt, ...previewOfItem(outcome) };
  const problem = problemOf(outcome, correlationId);
  return { status: problem.status, problem };
};
