import { eventMaxBytes, normalised, type PaymentToken, type Personal, type Totals } from '@cartage/contracts';
import { Refused, type Instant, type Meta, type Position } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { differences, personalDifferences, refuseDifferences, tokenDifferences } from '../domain/differences';
import { drawnUp, type DrawnUp } from '../domain/drawing-up';
import { streamOf } from '../domain/order';
import type { Placement } from '../domain/placement';
import type { PlacedData, Placing } from '../domain/state';
import type { SendToOrder } from './facts';
import { shownOrder, type ShownOrder } from './order-shown';
import type { ReadOrder } from './reading';
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
  /** Each by itself, at the same time: they share round trips. What cannot be taken is answered with its refusal. */
  placeMany(placements: readonly Placement[], meta: Meta): Promise<readonly (Placed | Refused)[]>;
  get(orderId: string, instant?: Instant): Promise<ShownOrder>;
  ofChannel(channel: string, externalOrderId: string, instant?: Instant): Promise<ShownOrder>;
  timeline(orderId: string, lineId?: string): Promise<readonly TimelineEntry[]>;
  personal(orderId: string): Promise<ShownPersonal>;
}

export const createOrders = (needs: OrdersNeeds): Orders => {
  const { read } = needs;
  const get: Orders['get'] = async (orderId, instant) => shownOrder(await read(orderId, instant));
  return {
    place: (placement, meta) => place(needs, placement, meta),
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

type Sealing = Pick<PlacedData, 'payments' | 'personal' | 'raw'>;

/** Everything personal, and what pays, under the key of one person. */
const sealed = async ({ vault, idFor }: OrdersNeeds, drawn: DrawnUp, raw: unknown, orderId: string): Promise<Sealing> => {
  const person = drawn.order.customerId ?? `guest-${orderId}`;
  const payment = async ({ token, ...each }: DrawnUp['payments'][number], i: number): Promise<PlacedData['payments'][number]> => ({
    paymentId: idFor('payment', orderId, String(i + 1)),
    ...each,
    ...(token === undefined ? {} : { token: await vault.seal(person, { token } satisfies PaymentToken) }),
  });
  const [personal, payments] = await Promise.all([vault.seal(person, drawn.personal), Promise.all(drawn.payments.map(payment))]);
  return { personal, payments, ...(raw === undefined ? {} : { raw: await vault.seal(person, { raw }) }) };
};

/** An erased person's data can no longer be compared; the rest still is. */
const requireSameOrder = async ({ vault }: OrdersNeeds, placed: PlacedData, order: Placing, drawn: DrawnUp): Promise<void> => {
  const [kept, ...tokens] = await Promise.all([
    vault.open(placed.personal),
    ...placed.payments.map(({ token }) => token && vault.open<PaymentToken>(token)),
  ]);
  const again = drawn.payments.map(({ token }) => token);
  refuseDifferences([
    ...differences(placed, order),
    ...(kept ? [...personalDifferences(kept, drawn.personal), ...tokenDifferences(tokens, again)] : []),
  ]);
};

/** A preview ends with the decision, before what is sealed could be compared. */
const requireSameIfPlaced = async (needs: OrdersNeeds, order: Placing, drawn: DrawnUp): Promise<void> => {
  const before = await needs.read(order.orderId).catch((error: unknown) => {
    if (error instanceof Refused && error.kind === 'unknown') return undefined;
    throw error;
  });
  if (before) await requireSameOrder(needs, before.order.placed, order, drawn);
};

/** What no topic could carry is refused here, at the entrance, and not when it is too late. */
const requireCarriable = (order: Placing): void => {
  const bytes = Buffer.byteLength(JSON.stringify(order));
  if (bytes <= eventMaxBytes) return;
  const message = `The order takes ${bytes} bytes, and events carry ${eventMaxBytes}. Send it with shorter texts, or in several orders.`;
  throw new Refused('ORDER_TOO_LARGE', message, 'invalid', [{ field: order.raw ? 'raw' : 'lines', code: 'ORDER_TOO_LARGE', message }]);
};

const place = async (needs: OrdersNeeds, placement: Placement, asked: Meta): Promise<Placed> => {
  const now = needs.now().toISOString();
  const drawn = drawnUp(placement, now);
  const { orderId, meta } = identify(needs, drawn.order, asked);
  const order: Placing = { ...drawn.order, orderId, policies: needs.policies, ...(await sealed(needs, drawn, placement.raw, orderId)) };
  requireCarriable(order);
  if (meta.preview) await requireSameIfPlaced(needs, order, drawn);
  const done = await needs.send(streamOf(orderId), { type: 'PlaceOrder', data: { order, now } }, meta);
  const { state, version, position, events } = done;
  if (!state) throw new Error(`Order ${orderId} was placed and is not there.`);
  const repeated = done.repeated || events.length === 0;
  if (repeated) await requireSameOrder(needs, state.placed, order, drawn);
  return { receipt: receiptOf(state.placed, position), version, position, repeated };
};

/** Only refusals are answers of one order; whatever else happens, the whole may be sent again. */
const placeOne = async (needs: OrdersNeeds, placement: Placement, meta: Meta): Promise<Placed | Refused> => {
  try {
    return await place(needs, placement, meta);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
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
  const { placed, sold } = (await read(orderId)).order;
  const { raw } = placed;
  // Who receives it, where the whole order goes to one place.
  const personal = (sold.shipGroups.length === 1 ? sold.shipGroups[0]?.personal : undefined) ?? placed.personal;
  const [opened, message] = await Promise.all([vault.open(personal), raw && vault.open<{ readonly raw: unknown }>(raw)]);
  if (!opened) throw new Refused('PERSONAL_ERASED', `The personal data of order ${orderId} was erased.`, 'unknown');
  return { ...opened, ...message };
};
