import { eventMaxBytes, normalised, type Totals } from '@cartage/contracts';
import { Previewed, Refused, type Instant, type Meta, type Position } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { drawnUp, type DrawnUp } from '../domain/drawing-up';
import { promisesSold } from '../domain/commitments';
import { streamOf } from '../domain/order';
import type { Placement } from '../domain/placement';
import type { PromiseBook } from '../domain/promising/promise-book';
import type { PlacedData, Placing } from '../domain/state';
import type { Admission } from './admission';
import type { SendToOrder } from './facts';
import { guestOf } from './guests';
import { shownOrder, type ShownOrder } from './order-shown';
import type { ReadOrder } from './reading';
import { requireSameIfPlaced, requireSameOrder, wasPlaced } from './same-order';
import { openPersonal, sealed, type ShownPersonal } from './sealing';
import { timelineOf, type TimelineEntry } from './timeline';

/** What placing answers; a repeat answers the same. */
export interface Receipt {
  readonly orderId: string;
  readonly channel: string;
  readonly externalOrderId?: string;
  /** `parked`: it is not as the catalogue has it, and waits for a person; no order yet. */
  readonly status: 'placed' | 'parked';
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
  readonly admission: Admission;
  /** By what promises are made now. */
  readonly promises: () => Promise<PromiseBook>;
}

/** `asItIs`: whatever the catalogue says. */
export interface PlacingTerms {
  readonly asItIs?: boolean;
}

export interface Orders {
  place(placement: Placement, meta: Meta, terms?: PlacingTerms): Promise<Placed>;
  /** Each by itself, at the same time: they share round trips. What cannot be taken is answered with its refusal. */
  placeMany(placements: readonly Placement[], meta: Meta): Promise<readonly (Placed | Refused | Previewed)[]>;
  get(orderId: string, instant?: Instant): Promise<ShownOrder>;
  ofChannel(channel: string, externalOrderId: string, instant?: Instant): Promise<ShownOrder>;
  timeline(orderId: string, lineId?: string): Promise<readonly TimelineEntry[]>;
  personal(orderId: string): Promise<ShownPersonal>;
}

export const createOrders = (needs: OrdersNeeds): Orders => {
  const { read } = needs;
  const get: Orders['get'] = async (orderId, instant) => shownOrder(await read(orderId, instant), (sealed) => needs.vault.open(sealed));
  return {
    place: (placement, meta, terms) => place(needs, placement, meta, terms),
    placeMany: (placements, meta) => Promise.all(placements.map((placement) => placeOne(needs, placement, meta))),
    get,
    ofChannel: (channel, externalOrderId, instant) => get(channelOrderId(needs, channel, externalOrderId), instant),
    timeline: async (orderId, lineId) => timelineOf(await read(orderId), lineId),
    personal: (orderId) => openPersonal(needs, orderId),
  };
};

/** Numbers of channels come in as they are typed, and are kept and compared in one spelling. */
export const channelOrderId = ({ idFor }: Pick<OrdersNeeds, 'idFor'>, channel: string, externalOrderId: string): string =>
  idFor('order', normalised(channel), normalised(externalOrderId));

const identify = (needs: OrdersNeeds, { channel, externalOrderId }: DrawnUp['order'], meta: Meta): { orderId: string; meta: Meta } => {
  if (externalOrderId === undefined) return { orderId: needs.idFor('order', meta.commandId), meta };
  const orderId = channelOrderId(needs, channel, externalOrderId);
  // A channel's order is placed once, whatever key it is sent under: the command is named by the order. What it says is compared
  // below, field by field, which tells more than a fingerprint of the request could.
  const { fingerprint: _, ...rest } = meta;
  return { orderId, meta: { ...rest, commandId: orderId } };
};

/** What no topic could carry is refused here, at the entrance, and not when it is too late. */
export const requireCarriable = (order: Placing): void => {
  const bytes = Buffer.byteLength(JSON.stringify(order));
  if (bytes <= eventMaxBytes) return;
  const message = `The order takes ${bytes} bytes, and events carry ${eventMaxBytes}. Send it with shorter texts, or in several orders.`;
  throw new Refused('ORDER_TOO_LARGE', message, 'invalid', [{ field: order.raw ? 'raw' : 'lines', code: 'ORDER_TOO_LARGE', message }]);
};

const parkedInstead = (orderId: string, { order }: DrawnUp, now: string): Placed => ({
  receipt: { ...receiptOf({ ...order, orderId, placedAt: order.placedAt ?? now }, ''), status: 'parked' },
  version: 0,
  position: '',
  repeated: false,
});

const place = async (needs: OrdersNeeds, placement: Placement, asked: Meta, { asItIs = false }: PlacingTerms = {}): Promise<Placed> => {
  const now = needs.now().toISOString();
  const drawn = drawnUp(placement, now);
  const { orderId, meta } = identify(needs, drawn.order, asked);
  const { channel, externalOrderId, customerId } = drawn.order;
  const { lines, faults } = await needs.admission.look(drawn.order, now);
  if (faults.length > 0 && !asItIs && !(await wasPlaced(needs, orderId))) {
    const person = customerId ?? guestOf(orderId);
    const away = { orderId, channel, externalOrderId, placement, commandId: asked.commandId, person, faults, at: now };
    await needs.admission.turnAway(away, meta.preview === true);
    return parkedInstead(orderId, drawn, now);
  }
  const identified = {
    drawn: { ...drawn, order: { ...drawn.order, lines } },
    orderId,
    raw: placement.raw,
    ifShort: placement.ifShort,
    now,
  };
  const placed = await placeDrawn(needs, identified, meta);
  await needs.admission.placed(orderId, channel);
  return placed;
};

interface Identified {
  readonly drawn: DrawnUp;
  readonly orderId: string;
  readonly raw: unknown;
  readonly ifShort: Placement['ifShort'];
  readonly now: string;
}

/** The policies that it is sold under, and its own. */
const policiesOf = ({ policies }: OrdersNeeds, { ifShort }: Identified): Placing['policies'] =>
  ifShort && ifShort.length > 0 ? { ...policies, shortage: ifShort.join('>') } : policies;

const placeDrawn = async (needs: OrdersNeeds, identified: Identified, meta: Meta): Promise<Placed> => {
  const { drawn, orderId, raw, now } = identified;
  const order: Placing = {
    ...drawn.order,
    orderId,
    policies: policiesOf(needs, identified),
    ...(await sealed(needs, drawn, raw, orderId)),
  };
  requireCarriable(order);
  const promises = promisesSold(await needs.promises(), order, now);
  if (meta.preview) await requireSameIfPlaced(needs, order, drawn);
  const done = await needs.send(streamOf(orderId), { type: 'PlaceOrder', data: { order, promises, now } }, meta);
  const { state, version, position, events } = done;
  if (!state) throw new Error(`Order ${orderId} was placed and is not there.`);
  const repeated = done.repeated || events.length === 0;
  if (repeated) await requireSameOrder(needs, state.placed, order, drawn);
  return { receipt: receiptOf(state.placed, position), version, position, repeated };
};

/** Only refusals are answers of one order, and what it would come to; whatever else happens, the whole may be sent again. */
const placeOne = async (needs: OrdersNeeds, placement: Placement, meta: Meta): Promise<Placed | Refused | Previewed> => {
  try {
    return await place(needs, placement, meta);
  } catch (error) {
    if (error instanceof Refused || error instanceof Previewed) return error;
    throw error;
  }
};

type Told = Pick<PlacedData, 'orderId' | 'channel' | 'externalOrderId' | 'placedAt' | 'currency' | 'totals'>;

const receiptOf = ({ orderId, channel, externalOrderId, placedAt, currency, totals }: Told, position: Position): Receipt => ({
  orderId,
  channel,
  ...(externalOrderId === undefined ? {} : { externalOrderId }),
  status: 'placed',
  placedAt,
  currency,
  totals,
  position,
});
