import type { Deadlines, Handled, Meta, Send } from '@cartage/eventsourcing';
import type { BrokeringCommand } from '../domain/commands';
import type { BrokeringEvent } from '../domain/events';
import { streamOf } from '../domain/order-brokering';
import type { Brokering } from '../domain/state';
import { claiming, loadsOf } from './capacity';
import { setDeadlines } from './deadlines';
import type { Network } from './network';
import type { ReadBrokering } from './reading';

export type HandledBrokering = Handled<Brokering, BrokeringEvent>;
export type SendToOrder = (orderId: string, command: BrokeringCommand, meta: Meta) => Promise<HandledBrokering>;

export interface SendingNeeds {
  readonly send: Send<BrokeringCommand, Brokering, BrokeringEvent>;
  readonly read: ReadBrokering;
  readonly network: Network;
  readonly deadlines: Deadlines;
  readonly newId: () => string;
}

/**
 * Counts loads and sets deadlines after the append: a process that dies in between is told the same event again, and what was counted stays counted once. Capacity
 * that is limited was claimed before.
 */
export const sending = (needs: SendingNeeds): SendToOrder => {
  const { send, network } = needs;
  const claim = claiming(needs);
  return async (orderId, asked, meta) => {
    const { command, claims } = meta.preview ? { command: asked, claims: [] } : await claim(orderId, asked);
    const ids = claims.map(({ fulfillmentId }) => fulfillmentId);
    const handled = await send(streamOf(orderId), command, meta).catch(async (error: unknown) => {
      if (ids.length > 0) await network.release(ids);
      throw error;
    });
    await countLoads(network, handled, ids);
    await setDeadlines(needs, handled.events);
    return handled;
  };
};

const countLoads = async (network: Network, { events }: HandledBrokering, claimed: readonly string[]): Promise<void> => {
  const brokered = loadsOf(events);
  const unused = claimed.filter((id) => !brokered.some(({ fulfillmentId }) => fulfillmentId === id));
  const ended = events.flatMap(({ type, data }) =>
    type === 'AllocationRefused' || type === 'FulfillmentRejected' || type === 'FulfillmentCancelled' ? (data.fulfillmentId ?? []) : [],
  );
  const freed = [...unused, ...new Set(ended)];
  if (freed.length > 0) await network.release(freed);
  if (brokered.length > 0) await network.count(brokered);
};
