import type { Personal, Totals } from '@cartage/contracts';
import { Refused, type Instant, type Meta, type Position } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { drawnUp, personalOf } from '../domain/drawing-up';
import type { Placing } from '../domain/commands';
import { differences, personalDifferences, refuseDifferences } from '../domain/differences';
import { streamOf } from '../domain/order';
import type { PlacedData } from '../domain/events';
import type { Placement } from '../domain/placement';
import { shownOrder, type ShownOrder } from './order-shown';
import type { ReadOrder } from './reading';
import type { SendToOrder } from './sending';
import { timelineOf, type TimelineEntry } from './timeline';

/** What placing answers; a repeat answers the same. */
export interface Receipt {
  readonly orderId: string;
  readonly channel: string;
  readonly externalOrderId?: string;
  readonly status: 'placed';
  readonly placedAt: string;
  readonly currency: string;
  readonly totals: Totals;
  readonly position: Position;
}

export interface Placed {
  readonly receipt: Receipt;
  readonly version: number;
  readonly position: Position;
  readonly repeated: boolean;
}

export interface OrdersNeeds {
  readonly send: SendToOrder;
  readonly read: ReadOrder;
  readonly vault: Vault;
  readonly now: () => Date;
  /** The id that follows from these parts, always the same. */
  readonly idFor: (...parts: readonly string[]) => string;
  /** Version of each policy that orders are sold under now. */
  readonly policies: PlacedData['policies'];
}

/** What is personal in an order; `raw` is the channel's own message, if one was kept. */
export interface ShownPersonal extends Personal {
  readonly raw?: unknown;
}

export interface Orders {
  place(placement: Placement, meta: Meta): Promise<Placed>;
  get(orderId: string, instant?: Instant): Promise<ShownOrder>;
  ofChannel(channel: string, externalOrderId: string, instant?: Instant): Promise<ShownOrder>;
  timeline(orderId: string, lineId?: string): Promise<readonly TimelineEntry[]>;
  personal(orderId: string): Promise<ShownPersonal>;
}

export const createOrders = (needs: OrdersNeeds): Orders => {
  const { read, idFor } = needs;
  const get: Orders['get'] = async (orderId, instant) => shownOrder(await read(orderId, instant));
  return {
    place: (placement, meta) => place(needs, placement, meta),
    get,
    ofChannel: (channel, externalOrderId, instant) => get(idFor('order', channel, externalOrderId), instant),
    timeline: async (orderId, lineId) => timelineOf(await read(orderId), lineId),
    personal: (orderId) => openPersonal(needs, orderId),
  };
};

const identify = ({ idFor }: OrdersNeeds, { channel, externalOrderId }: Placement, meta: Meta): { orderId: string; meta: Meta } => {
  if (externalOrderId === undefined) return { orderId: idFor('order', meta.commandId), meta };
  const orderId = idFor('order', channel, externalOrderId);
  // A channel's order is placed once, whatever key it is sent under: the command is named by the order. What it says is compared
  // below, field by field, which tells more than a fingerprint of the request could.
  const { fingerprint: _, ...rest } = meta;
  return { orderId, meta: { ...rest, commandId: orderId } };
};

const sealed = async ({ vault }: OrdersNeeds, placement: Placement, orderId: string): Promise<Pick<PlacedData, 'personal' | 'record'>> => {
  const person = placement.customer.id ?? `guest-${orderId}`;
  const personal = personalOf(placement);
  if (placement.raw === undefined) return { personal: await vault.seal(person, personal) };
  const record: ShownPersonal = { ...personal, raw: placement.raw };
  const boxes = await Promise.all([vault.seal(person, personal), vault.seal(person, record)]);
  return { personal: boxes[0], record: boxes[1] };
};

/** An erased person's data can no longer be compared; the rest still is. */
const requireSameOrder = async (
  { vault }: OrdersNeeds,
  placed: PlacedData,
  [order, placement]: readonly [Placing, Placement],
): Promise<void> => {
  const kept = await vault.open(placed.personal);
  refuseDifferences([...differences(placed, order), ...(kept ? personalDifferences(kept, personalOf(placement)) : [])]);
};

const place = async (needs: OrdersNeeds, placement: Placement, asked: Meta): Promise<Placed> => {
  const drawn = drawnUp(placement);
  const { orderId, meta } = identify(needs, placement, asked);
  const order = { ...drawn, orderId, policies: needs.policies, ...(await sealed(needs, placement, orderId)) };
  const now = needs.now().toISOString();
  const { state, version, position, events, repeated } = await needs.send(
    streamOf(orderId),
    { type: 'PlaceOrder', data: { order, now } },
    meta,
  );
  if (!state) throw new Error(`Order ${orderId} was placed and is not there.`);
  const before = repeated || events.length === 0;
  if (before) await requireSameOrder(needs, state.placed, [order, placement]);
  return { receipt: receiptOf(state.placed, position), version, position, repeated: before };
};

const receiptOf = ({ orderId, channel, externalOrderId, placedAt, currency, totals }: PlacedData, position: Position): Receipt => ({
  orderId,
  channel,
  ...(externalOrderId === undefined ? {} : { externalOrderId }),
  status: 'placed',
  placedAt,
  currency,
  totals,
  position,
});

const openPersonal = async ({ read, vault }: OrdersNeeds, orderId: string): Promise<ShownPersonal> => {
  const { placed } = (await read(orderId)).order;
  const personal = await vault.open(placed.record ?? placed.personal);
  if (!personal) throw new Refused('PERSONAL_ERASED', `The personal data of order ${orderId} was erased.`, 'unknown');
  return personal;
};
