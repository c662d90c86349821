import type { OrderLine, ShipGroup } from '@cartage/contracts';
import { lineStatus, type LineProgress, type LineStatus } from '../domain/lines';
import { standingOf, type Shipment, type TrackedParcel } from '../domain/shipments';
import { statusOf, type Fulfillment, type Money, type OrderStatus, type Payment, type PlacedData, type PlacedOrder } from '../domain/state';
import type { OrderRead } from './reading';

type Shown = Omit<PlacedData, 'personal' | 'raw' | 'payments' | 'lines' | 'shipGroups'>;

export interface ShownLine extends OrderLine {
  readonly status: LineStatus;
  /** Units by the furthest they came; what is delivered was also shipped. */
  readonly progress: Omit<LineProgress, 'quantity'>;
}

export interface ShownPayment extends Omit<PlacedData['payments'][number], 'token'> {
  readonly outcome: 'pending' | 'under-review' | 'authorized' | 'cod-accepted' | 'declined';
  readonly score?: number;
}

export type ShownShipment = Omit<Shipment, 'packing' | 'parcels'> & { readonly parcels: readonly TrackedParcel[] };

/** An order as callers see it: everything but what is personal. */
export type ShownOrder = Shown & {
  readonly version: number;
  readonly status: OrderStatus;
  readonly holds: PlacedOrder['holds'];
  readonly shipGroups: readonly Omit<ShipGroup, 'personal'>[];
  readonly payments: readonly ShownPayment[];
  readonly money: Money;
  readonly lines: readonly ShownLine[];
  readonly fulfillments: readonly Omit<Fulfillment, 'lines'>[];
  readonly shipments: readonly ShownShipment[];
  readonly changedAt: string;
  readonly confirmedAt?: string;
  readonly endedAt?: string;
};

const outcomeOf = ({ promise, decline, review }: Payment): ShownPayment['outcome'] => {
  if (promise) return promise.outcome;
  if (decline) return 'declined';
  return review ? 'under-review' : 'pending';
};

const paymentsOf = ({ sold, payments }: PlacedOrder): readonly ShownPayment[] =>
  sold.payments.map(({ token: _, ...each }) => {
    const told = payments.get(each.paymentId) ?? {};
    const verdict = (told.promise ?? told.decline ?? told.review)?.verdict;
    return { ...each, outcome: outcomeOf(told), ...(verdict ? { score: verdict.score } : {}) };
  });

const linesOf = ({ sold, progress }: PlacedOrder): readonly ShownLine[] =>
  sold.lines.flatMap((line) => {
    const stands = progress.get(line.lineId);
    if (!stands) return [];
    const { quantity: _, ...counts } = stands;
    return [{ ...line, status: lineStatus(stands), progress: counts }];
  });

const shipmentOf = ({ packing: _, parcels, ...shipment }: Shipment): ShownShipment => ({
  ...shipment,
  ...standingOf({ ...shipment, parcels }),
  parcels: [...parcels.values()],
});

export const shownOrder = ({ order, events, version }: OrderRead): ShownOrder => {
  const { personal: _p, raw: _r, ...placed } = { ...order.placed, ...order.sold };
  return {
    ...placed,
    version,
    status: statusOf(order),
    holds: order.holds,
    shipGroups: placed.shipGroups.map(({ personal: _, ...group }) => group),
    payments: paymentsOf(order),
    money: order.money,
    lines: linesOf(order),
    fulfillments: [...order.fulfillments.values()].map(({ lines: _, ...each }) => each),
    shipments: [...order.shipments.values()].map(shipmentOf),
    changedAt: events.at(-1)?.recordedAt ?? placed.placedAt,
    ...(order.confirmedAt === undefined ? {} : { confirmedAt: order.confirmedAt }),
    ...(order.ended ? { endedAt: order.ended.at } : {}),
  };
};
