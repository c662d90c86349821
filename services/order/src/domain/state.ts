import type { KitPart, OrderEvent as Published, Reason, Sealed, ShipGroup, ShortLine } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { AfterSale } from './after-sale';
import type { Cancellations } from './cancellations';
import type { Handovers } from './handovers';
import { allShipped, noneShipped, type Progress, type Units } from './lines';
import type { Payment } from './payments';
import type { Raise } from './raise';
import type { TransitBasis } from './promising/transit';
import type { Shipments } from './shipments';
import type { LostParcel } from './lost-parcels';
import type { Uncollected } from './uncollected';
import type { RtoReceipt } from './undelivered';

/** An order as it was placed. `raw`: what the channel sent, as it sent it, sealed like everything personal. */
export type PlacedData = DataOf<Published, 'OrderPlaced'> & { readonly raw?: Sealed };

/** An order that ended elsewhere, as it was taken over. */
export type ImportedData = DataOf<Published, 'OrderImported'> & { readonly raw?: Sealed };

/** An order as it is to be placed: checked, priced and sealed. Without a time of its own it is placed when it comes in. */
export type Placing = Omit<PlacedData, 'placedAt'> & { readonly placedAt?: string };

export interface Fulfillment {
  readonly fulfillmentId: string;
  readonly location: string;
  /** `refused` by the stock ledger, `rejected` by the location, `cancelled` as the order asked. */
  readonly status: 'refused' | 'allocated' | 'rejected' | 'cancelled';
  /** What is claimed for it at its location. */
  readonly lines: Units;
  /** Units that were found missing there: heard before it was heard that they are claimed. */
  readonly short?: Units;
}

export interface Money {
  readonly captured: number;
  readonly collected: number;
  readonly refunded: number;
}

export type Hold = Omit<DataOf<Published, 'HoldApplied'>, 'orderId'>;

/** An order as it is sold now: as it was placed, and as it was edited since. */
export type Sold = Pick<PlacedData, 'lines' | 'shipGroups' | 'totals' | 'payments' | 'priority' | 'instructions'>;

export interface Shortage extends ShortLine {
  readonly at: string;
  /** What could stand in, as far as stock knew then: what there was most of first. */
  readonly substitutes?: readonly { readonly sku: string; readonly available: number }[];
}

export const shortageChoices = ['wait', 'split', 'substitute', 'cancel'] as const;
export type ShortageChoice = (typeof shortageChoices)[number];

/** Why no location can ship a line, and since when. */
export interface Unfillable {
  readonly at: string;
  readonly reason: Reason;
}

/** Dates that a customer was promised. */
export interface PromisedDates {
  readonly shipBy?: string;
  readonly deliverBy?: string;
}

/** What was promised of a ship group under a policy, and what has delayed it since. */
export interface Commitment {
  /** Of the policy that it was sold under: `standard-gb@3`. */
  readonly policy: string;
  /** What the promise was made for. */
  readonly sale: Pick<ShipGroup, 'service' | 'destination'>;
  readonly sold: PromisedDates;
  /** How long the carrier was taken to need, where what is learned was looked at. */
  readonly transit?: TransitBasis;
  /** When the last hold of it ended. */
  readonly resumedAt?: string;
  /** Locations that were to ship some of it. */
  readonly locations: ReadonlySet<string>;
}

/** An order as its history tells it. */
export interface PlacedOrder {
  readonly placed: PlacedData;
  readonly sold: Sold;
  /** 1 is the order as it was placed. */
  readonly version: number;
  readonly editedAt?: string;
  /** When the last of the promises of payment that ended did so. */
  readonly expiredAt?: string;
  readonly progress: Progress;
  readonly holds: readonly Hold[];
  /** Holds that are over. */
  readonly released: ReadonlySet<string>;
  /** What a person has seen and let pass: chargebacks and cancellations, by their ids. */
  readonly waived: ReadonlySet<string>;
  readonly payments: ReadonlyMap<string, Payment>;
  /** What was said to the money that an edit added; of the newest edit that anything was said of. */
  readonly raise: Raise;
  /** Payments that are asked for no more. */
  readonly replaced: ReadonlySet<string>;
  readonly chargebacks: ReadonlyMap<string, 'open' | 'won' | 'lost'>;
  readonly money: Money;
  /** What lines of kits are made of, as stock told when it was first asked for them. */
  readonly kits: ReadonlyMap<string, readonly KitPart[]>;
  /** Lines that stock could not promise when it was last asked, and since when. */
  readonly short: ReadonlyMap<string, Shortage>;
  /** What was chosen for lines that are short. */
  readonly choices: ReadonlyMap<string, ShortageChoice>;
  /** When goods are expected that lines wait for; nothing where nobody knows. */
  readonly expected: ReadonlyMap<string, string | undefined>;
  /** Lines that no location could ship when routing last decided. */
  readonly unfillable: ReadonlyMap<string, Unfillable>;
  /** When a location last gave a line back: routing decides about it anew. */
  readonly givenBackAt: ReadonlyMap<string, string>;
  readonly cancellations: Cancellations;
  /** What its channel did after it had sold it. */
  readonly afterSale: AfterSale;
  /** What customers get without anybody shipping it. */
  readonly handovers: Handovers;
  readonly fulfillments: ReadonlyMap<string, Fulfillment>;
  readonly shipments: Shipments;
  /** What could not be delivered and was received by us again, by receipt. */
  readonly undelivered: ReadonlyMap<string, RtoReceipt>;
  /** What waited at a counter and was not taken. */
  readonly uncollected: ReadonlyMap<string, Uncollected>;
  /** Parcels that were lost, or found, by shipment and parcel. */
  readonly lost: ReadonlyMap<string, LostParcel>;
  /** What was promised of ship groups before goods on order moved it. */
  readonly promised: ReadonlyMap<string, PromisedDates>;
  /** What was promised of ship groups under a policy. */
  readonly commitments: ReadonlyMap<string, Commitment>;
  /** Dates of ship groups that were warned of, or missed. */
  readonly alarms: ReadonlyMap<string, 'at-risk' | 'missed'>;
  /** What came back for the exchange that it stands for: nothing while that is not settled. */
  readonly exchange?: { readonly amount: number; readonly outcome: string; readonly at: string };
  /** When it was confirmed first. */
  readonly confirmedAt?: string;
  readonly ended?: { readonly as: 'cancelled' | 'completed'; readonly at: string };
  /** It lived elsewhere, and came with this import. */
  readonly imported?: { readonly importId: string; readonly at: string };
}

/** Nothing before it is placed. */
export type Order = PlacedOrder | undefined;

export const orderStatuses = [
  'placed',
  'confirmed',
  'in-fulfillment',
  'partially-shipped',
  'shipped',
  'completed',
  'on-hold',
  'cancelled',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

const inFulfillment = ({ fulfillments }: PlacedOrder): boolean => {
  for (const { status } of fulfillments.values()) if (status === 'allocated') return true;
  return false;
};

/** Whether nothing has to happen to it any more; much may all the same. */
export const isOver = (order: Order): boolean => order?.ended !== undefined;

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
