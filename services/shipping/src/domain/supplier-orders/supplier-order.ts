import type { LineQuantity, Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import type { OrderedLine, SupplierOrderEvent, SupplierOrderRef } from './events';

/*
 * What is ordered of a supplier, and what it says to that: facts of its shipments, which come in whatever order the supplier tells them. Every unit that was ordered is
 * outstanding until it is shipped, rejected or cancelled; what was shipped counts, whatever was said of it before.
 */

export const supplierOrderStatuses = ['waiting', 'sent', 'accepted', 'partly-shipped', 'shipped', 'rejected', 'cancelled'] as const;
export type SupplierOrderStatus = (typeof supplierOrderStatuses)[number];

/** A line with what became of its units. */
export interface SupplierOrderLine extends OrderedLine {
  readonly accepted: number;
  readonly shipped: number;
  readonly rejected: number;
  readonly cancelled: number;
}

export interface Notice {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly parcels: DataOf<SupplierOrderEvent, 'SupplierOrderShipped'>['parcels'];
  readonly lines: readonly LineQuantity[];
  readonly shippedAt: string;
}

export interface KnownSupplierOrder extends SupplierOrderRef {
  readonly status: SupplierOrderStatus;
  readonly lines: readonly SupplierOrderLine[];
  readonly drawnUpAt: string;
  readonly sentAt?: string;
  /** It is to accept or to reject until then. */
  readonly answerBy?: string;
  /** When it says that they leave; until it says so, when they are to. */
  readonly shipBy?: string;
  /** Why some of it will not come. */
  readonly reason?: Reason;
  /** Its notices of shipment. */
  readonly notices: readonly Notice[];
}
export type SupplierOrder = { readonly status: 'none' } | KnownSupplierOrder;

type Said<Type extends SupplierOrderEvent['type'], Fields extends keyof DataOf<SupplierOrderEvent, Type>> = Pick<
  DataOf<SupplierOrderEvent, Type>,
  Fields
> & { readonly now: string };

export type SupplierOrderCommand =
  | Named<'DrawUpSupplierOrder', Omit<DataOf<SupplierOrderEvent, 'SupplierOrderDrawnUp'>, 'drawnUpAt'> & { readonly now: string }>
  | Named<'RecordSent', Said<'SupplierOrderSent', 'answerBy'>>
  | Named<'RecordAcceptance', Said<'SupplierOrderAccepted', 'lines' | 'shipsAt'>>
  | Named<'RecordRejection', Said<'SupplierOrderRejected', 'lines' | 'reason'>>
  | Named<'RecordNotice', Said<'SupplierOrderShipped', 'shipmentId' | 'lines' | 'carrier' | 'parcels' | 'shippedAt'>>
  | Named<'RecordCancellation', Said<'SupplierOrderCancelled', 'lines' | 'reason'>>;

type Decide<Type extends SupplierOrderCommand['type']> = (
  data: DataOf<SupplierOrderCommand, Type>,
  order: SupplierOrder,
) => readonly SupplierOrderEvent[];

export const knownSupplierOrder = (order: SupplierOrder): KnownSupplierOrder => {
  if (order.status === 'none') throw new Refused('SUPPLIER_ORDER_UNKNOWN', 'There is no such order of a supplier.', 'unknown');
  return order;
};

const refOf = ({
  supplierOrderId,
  number,
  supplier,
  shipmentId,
  orderId,
  fulfillmentId,
  location,
}: SupplierOrderRef): SupplierOrderRef => ({
  ...{ supplierOrderId, number, supplier, shipmentId, orderId, fulfillmentId, location },
});

const outstandingOf = ({ quantity, shipped, rejected, cancelled }: SupplierOrderLine): number => quantity - shipped - rejected - cancelled;

/** Of these units those that nothing is known of yet. */
const outstandingIn = ({ lines }: KnownSupplierOrder, told: readonly LineQuantity[]): readonly LineQuantity[] => {
  const left = new Map(lines.map((line) => [line.lineId, outstandingOf(line)]));
  return told.flatMap((line) => {
    const quantity = Math.min(line.quantity, left.get(line.lineId) ?? 0);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
};

const drawUp: Decide<'DrawUpSupplierOrder'> = ({ now, ...order }, before) =>
  before.status === 'none' ? [{ type: 'SupplierOrderDrawnUp', data: { ...order, drawnUpAt: now } }] : [];

const sent: Decide<'RecordSent'> = ({ answerBy, now }, state) => {
  const order = knownSupplierOrder(state);
  if (order.sentAt !== undefined) return [];
  const lines = order.lines.map(({ accepted: _a, shipped: _s, rejected: _r, cancelled: _c, ...line }) => line);
  const due = order.shipBy === undefined ? {} : { shipBy: order.shipBy };
  return [{ type: 'SupplierOrderSent', data: { ...refOf(order), lines, answerBy, ...due, sentAt: now } }];
};

const isAccepted = ({ lines }: KnownSupplierOrder): boolean => lines.every(({ accepted, quantity }) => accepted >= quantity);

const accept: Decide<'RecordAcceptance'> = ({ lines, shipsAt, now }, state) => {
  const order = knownSupplierOrder(state);
  const before = new Map(order.lines.map(({ lineId, accepted }) => [lineId, accepted]));
  const isNews = lines ? lines.some(({ lineId, quantity }) => quantity > (before.get(lineId) ?? 0)) : !isAccepted(order);
  if (!isNews && (shipsAt === undefined || shipsAt === order.shipBy)) return [];
  const said = { ...(lines ? { lines } : {}), ...(shipsAt === undefined ? {} : { shipsAt }) };
  return [{ type: 'SupplierOrderAccepted', data: { ...refOf(order), ...said, acceptedAt: now } }];
};

const reject: Decide<'RecordRejection'> = ({ lines: told, reason, now }, state) => {
  const order = knownSupplierOrder(state);
  const lines = outstandingIn(order, told);
  return lines.length > 0 ? [{ type: 'SupplierOrderRejected', data: { ...refOf(order), lines, reason, rejectedAt: now } }] : [];
};

const cancel: Decide<'RecordCancellation'> = ({ lines: told, reason, now }, state) => {
  const order = knownSupplierOrder(state);
  const lines = outstandingIn(order, told);
  return lines.length > 0 ? [{ type: 'SupplierOrderCancelled', data: { ...refOf(order), lines, reason, cancelledAt: now } }] : [];
};

/** A shipment of it goes out once. */
const notice: Decide<'RecordNotice'> = ({ now: _now, ...told }, state) => {
  const order = knownSupplierOrder(state);
  if (order.notices.some(({ shipmentId }) => shipmentId === told.shipmentId)) return [];
  return [{ type: 'SupplierOrderShipped', data: { ...refOf(order), ...told } }];
};

type Units = 'accepted' | 'shipped' | 'rejected' | 'cancelled';

/** What was shipped was neither rejected nor cancelled. */
const addingUp = (line: SupplierOrderLine): SupplierOrderLine => {
  const over = Math.max(0, -outstandingOf(line));
  const cancelled = Math.max(0, line.cancelled - over);
  return { ...line, cancelled, rejected: Math.max(0, line.rejected - (over - (line.cancelled - cancelled))) };
};

const withUnits = (
  lines: readonly SupplierOrderLine[],
  name: Units,
  units: (line: SupplierOrderLine) => number,
): readonly SupplierOrderLine[] => lines.map((line) => addingUp({ ...line, [name]: units(line) }));

const unitsIn = (told: readonly LineQuantity[], lineId: string): number =>
  told.reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);

const added = ({ lines }: KnownSupplierOrder, name: Units, told: readonly LineQuantity[]): readonly SupplierOrderLine[] =>
  withUnits(lines, name, (line) => line[name] + unitsIn(told, line.lineId));

const has = (lines: readonly SupplierOrderLine[], name: Units): boolean => lines.some((line) => line[name] > 0);

const whenOver = (lines: readonly SupplierOrderLine[]): SupplierOrderStatus => {
  if (has(lines, 'shipped')) return 'shipped';
  return has(lines, 'rejected') ? 'rejected' : 'cancelled';
};

const statusOf = (order: KnownSupplierOrder): SupplierOrderStatus => {
  if (order.lines.every((line) => outstandingOf(line) <= 0)) return whenOver(order.lines);
  if (has(order.lines, 'shipped')) return 'partly-shipped';
  if (isAccepted(order)) return 'accepted';
  return order.sentAt === undefined ? 'waiting' : 'sent';
};

const changed = (state: SupplierOrder, change: (order: KnownSupplierOrder) => Partial<KnownSupplierOrder>): SupplierOrder => {
  if (state.status === 'none') return state;
  const order = { ...state, ...change(state) };
  return { ...order, status: statusOf(order) };
};

const bare = { accepted: 0, shipped: 0, rejected: 0, cancelled: 0 };

export const supplierOrder: Decider<SupplierOrderCommand, SupplierOrder, SupplierOrderEvent> = {
  initial: { status: 'none' },
  evolve: evolving<SupplierOrder, SupplierOrderEvent>({
    SupplierOrderDrawnUp: (_, { lines, ...order }) => ({
      ...{ ...order, status: 'waiting', notices: [] },
      lines: lines.map((line) => ({ ...line, ...bare })),
    }),
    SupplierOrderSent: (state, { sentAt, answerBy }) => changed(state, () => ({ sentAt, answerBy })),
    SupplierOrderAccepted: (state, { lines, shipsAt }) =>
      changed(state, (order) => ({
        lines: withUnits(order.lines, 'accepted', ({ lineId, quantity, accepted }) =>
          lines ? Math.max(accepted, unitsIn(lines, lineId)) : quantity,
        ),
        ...(shipsAt === undefined ? {} : { shipBy: shipsAt }),
      })),
    SupplierOrderRejected: (state, { lines, reason }) => changed(state, (order) => ({ lines: added(order, 'rejected', lines), reason })),
    SupplierOrderCancelled: (state, { lines, reason }) => changed(state, (order) => ({ lines: added(order, 'cancelled', lines), reason })),
    SupplierOrderShipped: (state, { shipmentId, carrier, parcels, lines, shippedAt }) =>
      changed(state, (order) => ({
        lines: added(order, 'shipped', lines),
        notices: [...order.notices, { shipmentId, carrier, parcels, lines, shippedAt }],
      })),
  }),
  decide: deciding<SupplierOrderCommand, SupplierOrder, SupplierOrderEvent>({
    DrawUpSupplierOrder: drawUp,
    RecordSent: sent,
    RecordAcceptance: accept,
    RecordRejection: reject,
    RecordNotice: notice,
    RecordCancellation: cancel,
  }),
};
