import type { ActionDetails, OrderLine, Sealed, ShipGroup } from '@cartage/contracts';
import { lineStatus, type LineProgress, type LineStatus } from '../domain/lines';
import { hasExpired, paymentOf, pledgeOf, type CustomerAction, type Payment } from '../domain/payments';
import { present } from '../domain/present';
import { standingOf, type Shipment, type TrackedParcel } from '../domain/shipments';
import {
  statusOf,
  type Commitment,
  type Fulfillment,
  type Money,
  type OrderStatus,
  type PlacedData,
  type PlacedOrder,
} from '../domain/state';
import type { OrderRead } from './reading';

type Shown = Omit<PlacedData, 'personal' | 'raw' | 'payments' | 'lines' | 'shipGroups'>;

export interface ShownLine extends OrderLine {
  readonly status: LineStatus;
  /** Units by the furthest they came; what is delivered was also shipped. */
  readonly progress: Omit<LineProgress, 'quantity'>;
}

export const paymentOutcomes = [
  'pending',
  'action-required',
  'under-review',
  'authorized',
  'cod-accepted',
  'declined',
  'expired',
  'replaced',
] as const;

export interface ShownPayment extends Omit<PlacedData['payments'][number], 'token'> {
  readonly outcome: (typeof paymentOutcomes)[number];
  readonly score?: number;
  /** What the customer has to do. */
  readonly action?: ActionDetails & Pick<CustomerAction, 'kind'>;
}

/** Opens what a customer has to do; nothing when they were erased. */
export type OpenAction = (sealed: Sealed) => Promise<ActionDetails | undefined>;

export type ShownShipment = Omit<Shipment, 'packing' | 'parcels'> & { readonly parcels: readonly TrackedParcel[] };

/** With how long its carrier was taken to need, where what is learned was looked at. */
type ShownGroup = Omit<ShipGroup, 'personal'> & Pick<Commitment, 'transit'>;

/** An order as callers see it: everything but what is personal. */
export type ShownOrder = Shown & {
  readonly version: number;
  readonly status: OrderStatus;
  readonly holds: PlacedOrder['holds'];
  readonly shipGroups: readonly ShownGroup[];
  readonly payments: readonly ShownPayment[];
  readonly money: Money;
  readonly lines: readonly ShownLine[];
  readonly fulfillments: readonly Omit<Fulfillment, 'lines' | 'short'>[];
  readonly shipments: readonly ShownShipment[];
  readonly changedAt: string;
  readonly confirmedAt?: string;
  readonly endedAt?: string;
  /** It lived elsewhere, and came with this import. */
  readonly imported?: NonNullable<PlacedOrder['imported']>;
};

/** By the first that applies. */
const outcomes: readonly (readonly [ShownPayment['outcome'], (payment: Payment) => boolean])[] = [
  ['authorized', (payment) => pledgeOf(payment)?.outcome === 'authorized'],
  ['cod-accepted', (payment) => pledgeOf(payment)?.outcome === 'cod-accepted'],
  ['declined', ({ decline }) => decline !== undefined],
  ['expired', hasExpired],
  ['under-review', ({ review }) => review !== undefined],
  ['action-required', ({ pending }) => pending !== undefined],
];

const outcomeOf = (payment: Payment): ShownPayment['outcome'] => outcomes.find(([, applies]) => applies(payment))?.[0] ?? 'pending';

const shownAction = async ({ pending }: Payment, open: OpenAction): Promise<ShownPayment['action']> => {
  if (!pending) return undefined;
  const { kind, details } = pending.action;
  return { kind, ...(details && (await open(details))) };
};

const shownPayment = async (
  order: PlacedOrder,
  { token: _, ...paid }: PlacedData['payments'][number],
  open: OpenAction,
): Promise<ShownPayment> => {
  const told = paymentOf(order, paid.paymentId);
  const outcome = order.replaced.has(paid.paymentId) ? 'replaced' : outcomeOf(told);
  const score = (pledgeOf(told) ?? told.decline ?? told.review)?.verdict?.score;
  const action = outcome === 'action-required' ? await shownAction(told, open) : undefined;
  return { ...paid, outcome, ...present({ score, action }) };
};

export const shownPayments = (order: PlacedOrder, open: OpenAction): Promise<readonly ShownPayment[]> =>
  Promise.all(order.sold.payments.map((paid) => shownPayment(order, paid, open)));

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

export const shownOrder = async ({ order, events, version }: OrderRead, open: OpenAction): Promise<ShownOrder> => {
  const { personal: _p, raw: _r, ...placed } = { ...order.placed, ...order.sold };
  return {
    ...placed,
    version,
    status: statusOf(order),
    holds: order.holds,
    shipGroups: placed.shipGroups.map(({ personal: _, ...group }) => ({
      ...group,
      ...present({ transit: order.commitments.get(group.shipGroupId)?.transit }),
    })),
    payments: await shownPayments(order, open),
    money: order.money,
    lines: linesOf(order),
    fulfillments: [...order.fulfillments.values()].map(({ lines: _, short: _short, ...each }) => each),
    shipments: [...order.shipments.values()].map(shipmentOf),
    changedAt: events.at(-1)?.recordedAt ?? placed.placedAt,
    ...(order.confirmedAt === undefined ? {} : { confirmedAt: order.confirmedAt }),
    ...(order.ended ? { endedAt: order.ended.at } : {}),
    ...(order.imported ? { imported: order.imported } : {}),
  };
};
