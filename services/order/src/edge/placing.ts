import { answered } from '@cartage/service-kit';
import type { FastifyReply } from 'fastify';
import type { Placed, Receipt } from '../app/orders';
import type { Placement } from '../domain/placement';
import type { ChannelOrderDto } from './orders.dto';

/** One instant is written in many ways; we keep one of them. */
const utc = (time: string | undefined): string | undefined => (time === undefined ? undefined : new Date(time).toISOString());

export const placementOf = (body: ChannelOrderDto, channel: string, externalOrderId: string | undefined): Placement => ({
  ...body,
  channel,
  externalOrderId,
  placedAt: utc(body.placedAt),
});

/** 201 for a new order; 200, with the same body, for one that was there. */
export const receipted = (reply: FastifyReply, placed: Placed): Receipt => {
  answered(reply, placed);
  reply.header('Location', `/orders/${placed.receipt.orderId}`).status(placed.repeated ? 200 : 201);
  return placed.receipt;
};
