import { answered } from '@cartage/service-kit';
import type { FastifyReply } from 'fastify';
import type { Placed, Receipt } from '../app/orders';
import type { Placement } from '../domain/placement';
import type { ChannelOrderDto } from './orders.dto';

/** One instant is written in many ways; we keep one of them. */
const utc = (time: string | undefined): string | undefined => (time === undefined ? undefined : new Date(time).toISOString());

/** Channels write `null` for what is not there; the domain knows absent fields only. */
const withoutNulls = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return value.map(withoutNulls) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const there = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(there.map(([name, part]) => [name, withoutNulls(part)])) as Value;
};

/** The channel’s own message alone is kept with its nulls, as it came. */
export const placementOf = ({ raw, ...body }: ChannelOrderDto, channel: string, externalOrderId: string | undefined): Placement => ({
  ...withoutNulls(body),
  channel,
  externalOrderId: externalOrderId ?? undefined,
  placedAt: utc(body.placedAt ?? undefined),
  raw,
});

/** 201 for a new order; 200, with the same body, for one that was there. */
export const receipted = (reply: FastifyReply, placed: Placed): Receipt => {
  answered(reply, placed);
  reply.header('Location', `/orders/${placed.receipt.orderId}`).status(placed.repeated ? 200 : 201);
  return placed.receipt;
};
