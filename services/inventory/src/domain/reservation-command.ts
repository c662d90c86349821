import type { LineQuantity, Reason } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import { skusOf } from './kit';
import type { StockFacts } from './book';
import { asClaimed, asGone, asSold, type Reservation } from './reservation';
import type { Cell } from './stock';

export interface OfOrder {
  readonly orderId: string;
  readonly now: string;
}
/** After which the order's claims are settled; `reservationId` names them if nothing was reserved before. */
interface Settles extends OfOrder {
  readonly reservationId: string;
}
interface OfFulfillment extends OfOrder {
  readonly fulfillmentId: string;
}
interface WithLines {
  readonly lines: readonly LineQuantity[];
}

/** An order was placed: it wants these lines, and takes over what was kept for its cart. */
export type ReserveStock = Named<'ReserveStock', Settles & WithLines & { readonly cart?: string; readonly channel?: string }>;
/** It wants so many units of these lines more, or (below zero) fewer. */
export type ChangeDemand = Named<'ChangeDemand', Settles & WithLines & { readonly reason: Reason; readonly undelivered?: boolean }>;
/** It was cancelled and wants nothing more. */
export type EndDemand = Named<'EndDemand', Settles & { readonly reason: Reason }>;
/** The units of waiting lines that are there go ahead of the rest, the first line first. */
export type SplitShortage = Named<'SplitShortage', Settles & { readonly lineIds: readonly string[] }>;
/** Stock came in that the order waits for. */
export type OfferStock = Named<'OfferStock', Settles>;
/** Up to so many units that the order has a claim on are not there: at the location, or on the network. */
export type LoseStock = Named<'LoseStock', OfOrder & Cell & { readonly quantity: number }>;
/** Goods came that lines were waiting for: up to so many units of each SKU are for this order, also where its lines wait for more. */
export type FillBackorder = Named<
  'FillBackorder',
  Settles & { readonly come: readonly { readonly sku: string; readonly units: number }[] }
>;
/** When the goods are expected that a waiting line has a claim on; absent: there is nothing to claim. */
export interface PromisedSupply {
  readonly lineId: string;
  readonly promisedAt?: string | undefined;
  /** Of a kit, the parts that are to come. */
  readonly parts?: readonly string[] | undefined;
  /** Of the claim, if it is a new one. */
  readonly backorderId: string;
}
/** All lines of the order of which it is said at once: each of them once. */
export type PromiseSupply = Named<'PromiseSupply', OfOrder & { readonly promises: readonly PromisedSupply[]; readonly reason: Reason }>;
export type AllocateStock = Named<'AllocateStock', OfFulfillment & WithLines & { readonly location: string }>;
/** `keeping`: its location still ships these; absent: it ships nothing of it. */
export type ReleaseAllocation = Named<
  'ReleaseAllocation',
  Settles & OfFulfillment & { readonly reason: Reason; readonly keeping?: readonly LineQuantity[] }
>;
export type IssueStock = Named<'IssueStock', Settles & OfFulfillment & WithLines & { readonly shipmentId: string }>;
export type RestockReturn = Named<
  'RestockReturn',
  OfOrder &
    Required<Cell> & {
      readonly gradingId: string;
      /** Of a customer’s return, or of a shipment that came back undelivered. */
      readonly returnId?: string;
      readonly shipmentId?: string;
      /** Absent: the order has no such line. */
      readonly lineId?: string;
      readonly quantity: number;
      readonly disposition: string;
    }
>;

/** The customer takes these units without anybody shipping them: out of a store, or by a link or a key. All of them leave the books, or none. */
export type HandOverStock = Named<'HandOverStock', Settles & WithLines & { readonly handoverId: string; readonly location?: string }>;

export type ReservationCommand =
  | ReserveStock
  | ChangeDemand
  | EndDemand
  | SplitShortage
  | OfferStock
  | LoseStock
  | FillBackorder
  | PromiseSupply
  | AllocateStock
  | ReleaseAllocation
  | IssueStock
  | HandOverStock
  | RestockReturn;

const at = (location: string, lines: readonly Pick<LineQuantity, 'sku' | 'parts'>[]): readonly Cell[] =>
  skusOf(lines).map((sku) => ({ sku, location }));

const allocatedCells = (fulfillmentId: string, { fulfillments }: Reservation): readonly Cell[] => {
  const fulfillment = fulfillments.get(fulfillmentId);
  return fulfillment ? at(fulfillment.location, fulfillment.lines) : [];
};

/** Where goods left that were not allocated there any more: their rows may never have been. */
const unallocatedCells = ({ fulfillmentId, lines }: IssueStock['data'], state: Reservation): readonly Cell[] => {
  const fulfillment = state.fulfillments.get(fulfillmentId);
  if (!fulfillment) return [];
  const allocated = new Set(fulfillment.lines.map(({ lineId }) => lineId));
  return at(
    fulfillment.location,
    asGone(state, lines, { kitOf: () => undefined }).filter(({ lineId }) => !allocated.has(lineId)),
  );
};

/** Of a kit, all of it or one of its parts may come back. */
export const returned = ({ lineId, sku }: Pick<RestockReturn['data'], 'lineId' | 'sku'>, { lines }: Reservation) => {
  const line = lineId === undefined ? undefined : lines.get(lineId);
  return line?.sku === sku ? line : { sku };
};

const returnedCells = (data: RestockReturn['data'], state: Reservation): readonly Cell[] =>
  data.disposition === 'missing' ? [] : at(data.location, [returned(data, state)]);

const handedCells = ({ location, lines }: HandOverStock['data'], state: Reservation): readonly Cell[] =>
  location === undefined ? [] : at(location, asClaimed(state, lines));

/** The rows among them that may have to be made first. */
export const newCellsOf = (command: ReservationCommand, state: Reservation): readonly Cell[] => {
  if (command.type === 'RestockReturn') return cellsOf(command, state);
  return command.type === 'IssueStock' ? unallocatedCells(command.data, state) : [];
};

/** Rows of parts of kits that an order asks for: known once those of the kits are read. */
export const partsAsked = ({ type, data }: ReservationCommand, state: Reservation, stock: Pick<StockFacts, 'kitOf'>): readonly Cell[] =>
  type === 'ReserveStock' || type === 'ChangeDemand'
    ? skusOf(asSold(state, data.lines, stock).filter(({ parts }) => parts)).map((sku) => ({ sku }))
    : [];

/** The rows that a command may move, so that they can be locked before it is decided. */
export const cellsOf = ({ type, data }: ReservationCommand, state: Reservation): readonly Cell[] => {
  if (type === 'AllocateStock') return at(data.location, asClaimed(state, data.lines));
  if (type === 'HandOverStock') return handedCells(data, state);
  if (type === 'RestockReturn') return returnedCells(data, state);
  if (type === 'ReleaseAllocation') return allocatedCells(data.fulfillmentId, state);
  if (type === 'IssueStock') return [...allocatedCells(data.fulfillmentId, state), ...unallocatedCells(data, state)];
  if (type === 'LoseStock') return [data];
  const asked = 'lines' in data ? data.lines : [];
  return [...asked.map(({ sku }) => ({ sku })), ...skusOf([...state.lines.values()]).map((sku) => ({ sku }))];
};
