import { ownValue, type LineQuantity, type Reason, type ShippingEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import { requireBrokered, requireFulfillment, shipGroupOf } from '../domain/requiring';
import { stockEffects, type StockEffect } from '../domain/rules';
import { isStanding, mayBecome, type Fulfillment } from '../domain/state';
import { evidenceFor, type EvidenceNeeds } from './evidence';
import type { ReadBrokering } from './reading';
import { sending, type HandledBrokering, type SendingNeeds } from './sending';

export interface OfOrder {
  readonly orderId: string;
  readonly fulfillmentId: string;
}

/** Some of a fulfilment's units. */
export type PartOfLine = Pick<LineQuantity, 'lineId' | 'quantity'>;

export interface RejectionAsked {
  readonly reason: Reason;
  /** What it says about the location’s stock; absent: as the rules have it for the code. */
  readonly stockEffect?: StockEffect | undefined;
  /** Only these; absent: all of it. */
  readonly lines?: readonly PartOfLine[] | undefined;
}

export interface MoveAsked {
  readonly reason: Reason;
  readonly lines?: readonly PartOfLine[] | undefined;
  /** Who is to ship them; absent: whoever the rules find. */
  readonly location?: string | undefined;
}

/** What a location, or whoever looks after it, can do with what it was given. Whether the goods can still stay, shipping knows: it is asked. */
export interface FulfillmentDesk {
  accept(fulfillment: OfOrder, meta: Meta): Promise<HandledBrokering>;
  /** It was packed, so it was accepted; told of those only that were to be accepted. */
  packed(fulfillment: OfOrder, meta: Meta): Promise<void>;
  /** Whoever fulfils for the location takes it; what has gone another way meanwhile is left as it is. */
  acceptedThere(fulfillment: OfOrder, meta: Meta): Promise<void>;
  /** Whoever fulfils for the location will not ship it, or some of it: asked as a location asks, and only of what is still there. */
  rejectedThere(rejected: DataOf<ShippingEvent, 'ShipmentRejected'>, meta: Meta): Promise<void>;
  acceptanceDue(fulfillment: OfOrder, meta: Meta): Promise<HandledBrokering>;
  reject(fulfillment: OfOrder, asked: RejectionAsked, meta: Meta): Promise<HandledBrokering>;
  /** All of it from another location, or some of it apart from the rest. */
  move(fulfillment: OfOrder, asked: MoveAsked, meta: Meta): Promise<HandledBrokering>;
  /** The location stops a fulfilment of its own, or goes on with it. */
  hold(fulfillment: OfOrder, reason: Reason, meta: Meta): Promise<HandledBrokering>;
  release(fulfillment: OfOrder, meta: Meta): Promise<HandledBrokering>;
}

export interface DeskNeeds extends EvidenceNeeds, SendingNeeds {
  readonly read: ReadBrokering;
  readonly newId: () => string;
}

export const createFulfillmentDesk = (needs: DeskNeeds): FulfillmentDesk => {
  const send = sending(needs);
  const now = (): string => needs.now().toISOString();
  const accept: FulfillmentDesk['accept'] = ({ orderId, fulfillmentId }, meta) =>
    send(orderId, { type: 'AcceptFulfillment', data: { fulfillmentId, now: now() } }, meta);
  const reject: FulfillmentDesk['reject'] = async ({ orderId, fulfillmentId }, { reason, lines, ...asked }, meta) => {
    const stockEffect = asked.stockEffect ?? (await effectOf(needs, { orderId, fulfillmentId }, reason.code));
    const part = lines ? { lines: lines.map(unitsOf) } : {};
    return send(orderId, { type: 'RequestRejection', data: { fulfillmentId, ...part, stockEffect, reason, now: now() } }, meta);
  };
  return {
    accept,
    packed: async (of, meta) => {
      const fulfillment = (await needs.read(of.orderId)).state?.fulfillments.get(of.fulfillmentId);
      if (fulfillment?.acceptBy !== undefined && fulfillment.acceptedAt === undefined) await accept(of, meta);
    },
    acceptedThere: async (of, meta) => {
      const fulfillment = await standingOf(needs, of);
      if (fulfillment && fulfillment.status !== 'closed' && fulfillment.acceptedAt === undefined) await accept(of, meta);
    },
    rejectedThere: async ({ orderId, fulfillmentId, lines, reason, stockEffect }, meta) => {
      const fulfillment = await standingOf(needs, { orderId, fulfillmentId });
      if (!fulfillment || !mayBecome(fulfillment.status, 'rejecting')) return;
      await reject({ orderId, fulfillmentId }, { reason, lines, stockEffect: stockEffects.find((effect) => effect === stockEffect) }, meta);
    },
    acceptanceDue: ({ orderId, fulfillmentId }, meta) =>
      send(orderId, { type: 'NoteAcceptanceDue', data: { fulfillmentId, now: now() } }, meta),
    reject,
    move: async ({ orderId, fulfillmentId }, { reason, lines, location }, meta) => {
      const evidence = await evidenceFor(needs, { orderId, fulfillmentId });
      const asked = { ...(lines ? { lines: lines.map(unitsOf) } : {}), ...(location === undefined ? {} : { location }) };
      return send(orderId, { type: 'RequestMove', data: { fulfillmentId, ...asked, reason, evidence } }, meta);
    },
    hold: ({ orderId, fulfillmentId }, reason, meta) =>
      send(orderId, { type: 'HoldFulfillment', data: { fulfillmentId, holdId: needs.newId(), reason, now: now() } }, meta),
    release: ({ orderId, fulfillmentId }, meta) => send(orderId, { type: 'ReleaseFulfillment', data: { fulfillmentId, now: now() } }, meta),
  };
};

const standingOf = async ({ read }: DeskNeeds, { orderId, fulfillmentId }: OfOrder): Promise<Fulfillment | undefined> => {
  const fulfillment = requireFulfillment((await read(orderId)).state, fulfillmentId);
  return isStanding(fulfillment) ? fulfillment : undefined;
};

const unitsOf = ({ lineId, quantity }: PartOfLine): PartOfLine => ({ lineId, quantity });

/** What the rules say that a code means, for an order like this. */
const effectOf = async ({ read, rulesFor }: DeskNeeds, { orderId, fulfillmentId }: OfOrder, code: string): Promise<StockEffect> => {
  const { state } = await read(orderId);
  const { lines, shipGroupId } = requireFulfillment(state, fulfillmentId);
  const { method, destination } = shipGroupOf(requireBrokered(state), shipGroupId);
  const order = { channel: state?.channel, method, country: destination?.country };
  const { rejections } = await rulesFor({ ...order, skus: lines.map(({ sku }) => sku) });
  return ownValue(rejections, code) ?? 'keep';
};
