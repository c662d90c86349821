import type { OrderLine } from '@cartage/contracts';
import type { OrderStatus, PlacedData } from '../domain/events';
import { lineStatus, type LineProgress, type LineStatus } from '../domain/lines';
import { statusOf, type Fulfillment, type Money, type PlacedOrder, type Shipment } from '../domain/state';
import type { OrderRead } from './reading';

type Shown = Omit<PlacedData, 'personal' | 'record' | 'payment' | 'lines'>;

export interface ShownLine extends OrderLine {
  readonly status: LineStatus;
  /** Units by the furthest they came; what is delivered was also shipped. */
  readonly progress: Omit<LineProgress, 'quantity'>;
}

/** An order as callers see it: everything but what is personal. */
export type ShownOrder = Shown & {
  readonly version: number;
  readonly status: OrderStatus;
  readonly holds: PlacedOrder['holds'];
  readonly payment: Money & { readonly method: PlacedData['payment']['method']; readonly outcome: string; readonly score?: number };
  readonly lines: readonly ShownLine[];
  readonly fulfillments: readonly Omit<Fulfillment, 'allocated'>[];
  readonly shipments: readonly Shipment[];
  readonly changedAt: string;
  readonly confirmedAt?: string;
  readonly endedAt?: string;
};

const outcomeOf = ({ payment, decline, review }: PlacedOrder): string =>
  payment?.outcome ?? (decline ? 'declined' : review ? 'under-review' : 'pending');

const paymentOf = (order: PlacedOrder): ShownOrder['payment'] => {
  const verdict = (order.payment ?? order.decline ?? order.review)?.verdict;
  const { method } = order.placed.payment;
  return { method, outcome: outcomeOf(order), ...(verdict ? { score: verdict.score } : {}), ...order.money };
};

const linesOf = ({ placed, progress, ended }: PlacedOrder): readonly ShownLine[] =>
  placed.lines.flatMap((line) => {
    const stands = progress.get(line.lineId);
    if (!stands) return [];
    const { quantity: _, ...counts } = stands;
    return [{ ...line, status: lineStatus(stands, ended?.as === 'cancelled'), progress: counts }];
  });

export const shownOrder = ({ order, events, version }: OrderRead): ShownOrder => {
  const { personal: _p, record: _r, ...placed } = order.placed;
  return {
    ...placed,
    version,
    status: statusOf(order),
    holds: order.holds,
    payment: paymentOf(order),
    lines: linesOf(order),
    fulfillments: [...order.fulfillments.values()].map(({ allocated: _, ...each }) => each),
    shipments: [...order.shipments.values()],
    changedAt: events.at(-1)?.recordedAt ?? placed.placedAt,
    ...(order.confirmedAt === undefined ? {} : { confirmedAt: order.confirmedAt }),
    ...(order.ended ? { endedAt: order.ended.at } : {}),
  };
};
