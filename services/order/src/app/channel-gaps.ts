import { normalised } from '@cartage/contracts';
import type { Position } from '@cartage/eventsourcing';
import { tableOf, type AnyView, type Sql } from '@cartage/views';
import { orderSummary } from './views/order-summary';

/** Which of a channel's orders never came. */
export interface ChannelGaps {
  readonly channel: string;
  /** Different numbers that were asked for, in the one spelling that numbers are kept in. */
  readonly asked: number;
  readonly received: number;
  /** In the order in which they were asked for. */
  readonly missing: readonly string[];
}

export interface ChannelGapsNeeds {
  readonly sql: Sql;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
  /** The end of the log: an order that was taken over a moment ago is not missing. */
  readonly head: () => Promise<Position>;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
}

/** Compares the channel's own list of its order numbers with what was received: nothing is forgotten without being seen. */
export type FindChannelGaps = (channel: string, externalOrderIds: readonly string[]) => Promise<ChannelGaps>;

export const channelGaps =
  ({ sql, viewReached, head, orderIdOf }: ChannelGapsNeeds): FindChannelGaps =>
  async (channel, externalOrderIds) => {
    const asked = [...new Set(externalOrderIds.map(normalised))];
    await viewReached(orderSummary, await head());
    const ids = asked.map((externalOrderId) => orderIdOf(channel, externalOrderId));
    const { rows } = await sql.query<{ order_id: string }>(
      `select order_id from ${tableOf(orderSummary)} where order_id = any($1::uuid[])`,
      [ids],
    );
    const received = new Set(rows.map(({ order_id }) => order_id));
    return { channel, asked: asked.length, received: received.size, missing: asked.filter((_, i) => !received.has(ids[i] ?? '')) };
  };
