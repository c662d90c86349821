import type { HoldType, LineQuantity } from '@cartage/contracts';
import type { EventData, Milestone, OrderStatus, PlacedData } from './events';
import { allShipped, noneShipped, type Progress } from './lines';

export interface Fulfillment {
  readonly fulfillmentId: string;
  readonly location: string;
  readonly status: 'brokered' | 'allocated' | 'refused' | 'rejected';
  /** What was allocated: given back if the location rejects it. */
  readonly allocated: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[];
}

export interface Shipment {
  readonly shipmentId: string;
  readonly fulfillmentId: string;
  readonly location: string;
  readonly milestone: Milestone;
  readonly at: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
}

export interface Money {
  readonly captured: number;
  readonly collected: number;
  readonly refunded: number;
}

/** An order as its history tells it. */
export interface PlacedOrder {
  readonly placed: PlacedData;
  readonly progress: Progress;
  /** Keys of the facts that were heard: each counts once, whoever repeats it and under whatever id. */
  readonly heard: readonly string[];
  readonly holds: readonly HoldType[];
  readonly fulfillments: ReadonlyMap<string, Fulfillment>;
  readonly shipments: ReadonlyMap<string, Shipment>;
  readonly money: Money;
  readonly reservationId?: string;
  readonly shortage?: EventData<'ShortageRecorded'>;
  readonly payment?: EventData<'PaymentRecorded'>;
  readonly review?: EventData<'ReviewRecorded'>;
  readonly decline?: EventData<'DeclineRecorded'>;
  /** The lines that no location can ship, until they are brokered after all. */
  readonly unfillable?: EventData<'UnfillableRecorded'>;
  readonly confirmedAt?: string;
  readonly ended?: { readonly as: 'cancelled' | 'completed'; readonly at: string };
}

/** Nothing before it is placed. */
export type Order = PlacedOrder | undefined;

const inFulfillment = ({ fulfillments }: PlacedOrder): boolean =>
  [...fulfillments.values()].some(({ status }) => status === 'brokered' || status === 'allocated');

/** What the order's facts amount to; the first line that applies. */
const statusTable: readonly (readonly [OrderStatus, (order: PlacedOrder) => boolean])[] = [
  ['cancelled', ({ ended }) => ended?.as === 'cancelled'],
  ['completed', ({ ended }) => ended?.as === 'completed'],
  ['on-hold', ({ holds }) => holds.length > 0],
  ['shipped', ({ progress }) => allShipped(progress)],
  ['partially-shipped', ({ progress }) => !noneShipped(progress)],
  ['in-fulfillment', inFulfillment],
  ['confirmed', ({ confirmedAt }) => confirmedAt !== undefined],
];

export const statusOf = (order: PlacedOrder): OrderStatus => statusTable.find(([, applies]) => applies(order))?.[0] ?? 'placed';
