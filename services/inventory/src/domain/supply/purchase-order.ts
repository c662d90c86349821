import type { Cost, InventoryEvent as Public, Reason } from '@cartage/contracts';
import { evolving, Refused, type Named } from '@cartage/eventsourcing';
import type { Supply } from './supply';

/** What was ordered of a SKU for one location, and when it is expected; absent: nobody knows. */
export interface OrderedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly location: string;
  readonly quantity: number;
  readonly expectedAt?: string;
  /** What all of its units cost together, as it was agreed. */
  readonly cost?: Cost;
}

/** Units of a line; `cost`: of those that came. */
export type SuppliedUnits = Omit<OrderedLine, 'expectedAt'>;

export interface PurchaseOrderLine extends OrderedLine {
  /** More than was ordered, where more came. */
  readonly received: number;
  /** Will not come. */
  readonly closed: number;
  /** Of these, units that will not only because the order was said anew without the line: said again, they are to come after all. */
  readonly leftOut?: number;
  /** It should have come by now. */
  readonly overdue: boolean;
}

export interface PurchaseOrder {
  readonly purchaseOrder: string;
  readonly supplier?: string;
  readonly lines: readonly PurchaseOrderLine[];
  /** Grows with every fact. */
  readonly revision: number;
}

/** Lines that were ordered, or ordered otherwise; `supplier` as it is now; `insteadOf`: SKUs that some of them were of before. */
export type PurchaseOrderChanged = Named<
  'PurchaseOrderChanged',
  {
    readonly purchaseOrder: string;
    readonly supplier?: string;
    readonly lines: readonly OrderedLine[];
    readonly insteadOf?: readonly string[];
    readonly changedAt: string;
  }
>;
/** The stock is booked by `StockReceived`, of which this is the reference. */
export type PurchaseOrderReceived = Named<
  'PurchaseOrderReceived',
  { readonly purchaseOrder: string; readonly receiptId: string; readonly lines: readonly SuppliedUnits[]; readonly receivedAt: string }
>;
/** These units will not come. `leftOut`: the order was said anew without their lines. */
export type PurchaseOrderClosed = Named<
  'PurchaseOrderClosed',
  {
    readonly purchaseOrder: string;
    readonly lines: readonly SuppliedUnits[];
    readonly leftOut?: true;
    readonly reason: Reason;
    readonly closedAt: string;
  }
>;
export type SupplyOverdue = Extract<Public, { readonly type: 'SupplyOverdue' }>;

/** Stream `purchase-<purchaseOrder>`. */
export type PurchaseOrderEvent = PurchaseOrderChanged | PurchaseOrderReceived | PurchaseOrderClosed | SupplyOverdue;

export const outstandingOf = ({ quantity, received, closed }: Pick<PurchaseOrderLine, 'quantity' | 'received' | 'closed'>): number =>
  Math.max(0, quantity - received - closed);

/** `open`: something is still to come. `received`: something came, and nothing is to come. `cancelled`: nothing came, and nothing will. */
export const statusOf = ({ lines }: Pick<PurchaseOrder, 'lines'>): 'open' | 'received' | 'cancelled' => {
  if (lines.some((line) => outstandingOf(line) > 0)) return 'open';
  return lines.some(({ received }) => received > 0) ? 'received' : 'cancelled';
};

/** As the staff of these locations have it: what comes to them. */
export const comingTo = <Order extends Pick<PurchaseOrder, 'lines'>>(order: Order, at: ReadonlySet<string> | undefined): Order =>
  at ? { ...order, lines: order.lines.filter(({ location }) => at.has(location)) } : order;

export const noPurchaseOrder = (purchaseOrder: string): PurchaseOrder => ({ purchaseOrder, lines: [], revision: 0 });

const counted = (
  order: PurchaseOrder,
  by: readonly SuppliedUnits[],
  count: (line: PurchaseOrderLine, units: number) => Partial<PurchaseOrderLine>,
): PurchaseOrder => {
  const units = new Map(by.map(({ lineId, quantity }) => [lineId, quantity]));
  const lines = order.lines.map((line) => ({ ...line, ...count(line, units.get(line.lineId) ?? 0) }));
  return { ...order, lines, revision: order.revision + 1 };
};

/** A new date is a new promise of the supplier: it is not overdue by the old one. */
const ordered = (before: PurchaseOrderLine | undefined, line: OrderedLine): PurchaseOrderLine => ({
  ...line,
  ...(before ? { received: before.received, closed: before.closed - (before.leftOut ?? 0) } : { received: 0, closed: 0 }),
  overdue: before?.expectedAt === line.expectedAt && before?.overdue === true,
});

export const evolvePurchaseOrder = evolving<PurchaseOrder, PurchaseOrderEvent>({
  PurchaseOrderChanged: ({ lines, revision }, { purchaseOrder, supplier, lines: changes }) => {
    const after = new Map(lines.map((line) => [line.lineId, line]));
    for (const line of changes) after.set(line.lineId, ordered(after.get(line.lineId), line));
    return { purchaseOrder, ...(supplier === undefined ? {} : { supplier }), lines: [...after.values()], revision: revision + 1 };
  },
  PurchaseOrderReceived: (order, { lines }) => counted(order, lines, ({ received }, units) => ({ received: received + units })),
  PurchaseOrderClosed: (order, { lines, leftOut: isLeftOut }) =>
    counted(order, lines, ({ closed, leftOut = 0 }, units) => ({
      closed: closed + units,
      ...(isLeftOut && units > 0 ? { leftOut: leftOut + units } : {}),
    })),
  SupplyOverdue: (order, { lineId }) => ({
    ...order,
    lines: order.lines.map((line) => (line.lineId === lineId ? { ...line, overdue: true } : line)),
    revision: order.revision + 1,
  }),
});

/** What is still to come of it. */
export const supplyOfPurchaseOrder = ({ purchaseOrder, lines }: PurchaseOrder): readonly Supply[] =>
  lines
    .map(({ quantity, received, closed, cost: _, leftOut: __, ...line }) => ({
      ...line,
      source: 'purchase-order' as const,
      reference: purchaseOrder,
      units: outstandingOf({ quantity, received, closed }),
    }))
    .filter(({ units }) => units > 0);

export const unknownPurchaseOrder = (purchaseOrder: string): Refused =>
  new Refused(
    'PURCHASE_ORDER_UNKNOWN',
    `There is no purchase order ${purchaseOrder}. Make it first: PUT /inventory/purchase-orders/${encodeURIComponent(purchaseOrder)}.`,
    'unknown',
  );
