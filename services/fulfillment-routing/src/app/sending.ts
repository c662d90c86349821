import { Refused, type Deadlines, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import type { BrokeringCommand } from '../domain/commands';
import type { BrokeringEvent } from '../domain/events';
import { streamOf } from '../domain/order-brokering';
import type { Brokering } from '../domain/state';
import { claiming, loadsOf } from './capacity';
import { decidedNow } from './command-evidence';
import { setDeadlines } from './deadlines';
import type { EvidenceNeeds } from './evidence';
import type { TakenUnits } from '../domain/taken-units';
import type { Network } from './network';
import type { ReadBrokering } from './reading';
import { arrivedMeanwhile, keepWaits } from './stock-waits';

export type HandledBrokering = Handled<Brokering, BrokeringEvent>;
/** `taken`: what was given to others a moment ago. */
export type SendToOrder = (
  orderId: string,
  command: BrokeringCommand,
  meta: Meta,
  taken?: readonly TakenUnits[],
) => Promise<HandledBrokering>;

export interface SendingNeeds extends EvidenceNeeds {
  readonly send: Send<BrokeringCommand, Brokering, BrokeringEvent>;
  readonly read: ReadBrokering;
  readonly deadlines: Deadlines;
}

/**
 * Counts loads, sets deadlines and remembers what waits for stock after the append: a process that dies in between is told the same event again, and what was counted
 * stays counted once. Capacity that is limited was claimed before. Whoever learnt of stock before it was remembered who waits could not offer it to them: so it is
 * looked for once more.
 */
export const sending = (needs: SendingNeeds): SendToOrder => {
  const { send, network } = needs;
  const claim = claiming(needs);
  const sendOnce: SendToOrder = async (orderId, asked, meta) => {
    const { command, claims } = meta.preview ? { command: asked, claims: [] } : await claim(orderId, asked);
    const ids = claims.map(({ fulfillmentId }) => fulfillmentId);
    if (command.type === 'BrokerAgain' && !meta.preview) await watchFirst(needs, orderId, command);
    const handled = await send(streamOf(orderId), command, meta).catch(async (error: unknown) => {
      if (ids.length > 0) await network.release(ids);
      throw error;
    });
    await countLoads(network, handled, ids);
    await setDeadlines(needs, handled.events);
    await keepWaits(network, orderId, asked, handled);
    return handled;
  };
  return async (orderId, asked, meta, taken = []) => {
    const handled = await sendOnce(orderId, asked, meta);
    const offer = await arrivedMeanwhile(needs, handled, taken);
    if (!offer) return handled;
    const then = await inVain(sendOnce(orderId, offer, { ...meta, commandId: `${meta.commandId}.arrived` }));
    return then ? { ...then, events: [...handled.events, ...then.events], repeated: handled.repeated } : handled;
  };
};

/** A person may not tell it again: what its fulfilments wait for is watched before they are written. One that comes to nothing finds nothing to do. */
const watchFirst = async (needs: SendingNeeds, orderId: string, command: BrokeringCommand): Promise<void> =>
  setDeadlines(needs, decidedNow(command, (await needs.read(orderId)).state));

/** Nothing where it is refused. */
export const inVain = (sent: Promise<HandledBrokering>): Promise<HandledBrokering | undefined> =>
  sent.catch((error: unknown) => {
    if (error instanceof Refused) return undefined;
    throw error;
  });

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
