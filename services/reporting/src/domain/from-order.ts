import type { ErasureEvent, OrderEvent, OrderLine, SoldShipGroup, Totals } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { about, NO_DATE, type Fact, type Row } from './table';
import { dimCustomer } from './dimensions';
import { factCancellationLine, factOrder, factOrderLine, factPromise } from './order-tables';
import { namedPrices, namedPromise } from './policies';
import type { Extraction } from './extraction';

type Placed = DataOf<OrderEvent, 'OrderPlaced'>;
type Edited = DataOf<OrderEvent, 'OrderEdited'>;
type GroupAsSold = Pick<SoldShipGroup, 'shipGroupId' | 'method' | 'service' | 'destination' | 'charge' | 'shipBy' | 'deliverBy'>;

const worth = ({ goods, discount, shipping, tax, total }: Totals) => ({ goods, discount, shipping, tax, total });

const lineRow = (orderId: string, line: OrderLine) => ({
  order_id: orderId,
  line_id: line.lineId,
  product_key: line.sku,
  ship_group_id: line.shipGroupId,
  units: line.quantity,
  unit_price: line.unitPrice,
  discount: line.discounts.reduce((sum, { amount }) => sum + amount, 0),
  tax: line.taxLines.reduce((sum, { amount }) => sum + amount, 0),
  total: line.total,
  ...namedPrices(line.priceList),
});

const promiseRow = (orderId: string, group: GroupAsSold) => ({
  order_id: orderId,
  ship_group_id: group.shipGroupId,
  method: group.method,
  service: group.service,
  country: group.destination?.country,
  charge: group.charge,
  ship_by: group.shipBy,
  deliver_by: group.deliverBy,
});

const countryIn = (groups: readonly GroupAsSold[]): string | undefined =>
  groups.find(({ destination }) => destination !== undefined)?.destination?.country;

const placement = (placed: Placed, more: Row = {}): readonly Fact[] => {
  const { orderId, currency } = placed;
  return [
    about(factOrder, {
      order_id: orderId,
      channel_key: placed.channel,
      customer_key: placed.customerId,
      placed_at: placed.placedAt,
      currency,
      tax_included: placed.taxIncluded,
      priority: placed.priority,
      country: countryIn(placed.shipGroups),
      ...worth(placed.totals),
      placed_total: placed.totals.total,
      imported: false,
      replaces_order_id: placed.replaces?.orderId,
      ...more,
    }),
    ...placed.lines.map((line) => about(factOrderLine, { ...lineRow(orderId, line), currency, placed_units: line.quantity })),
    ...placed.shipGroups.map((group) =>
      about(factPromise, { ...promiseRow(orderId, group), sold_ship_by: group.shipBy, sold_deliver_by: group.deliverBy }),
    ),
  ];
};

const importedRow = ({ outcome, endedAt }: DataOf<OrderEvent, 'OrderImported'>): Row => ({
  imported: true,
  ...(outcome === 'cancelled' ? { cancelled_at: endedAt } : { completed_at: endedAt }),
});

/** A line that is gone is one of no units, so that what was cancelled of it before stays told. */
const editedLine = (orderId: string, { lineId, before, after }: Edited['lines'][number]): Fact => {
  if (after) return about(factOrderLine, lineRow(orderId, after));
  const nothing = { units: 0, discount: 0, tax: 0, total: 0 };
  return about(factOrderLine, { order_id: orderId, line_id: lineId, product_key: before?.sku, ...nothing });
};

const editedOrder = ({ orderId, lines, shipGroups, priority, totals }: Edited): readonly Fact[] => {
  const groups = shipGroups.flatMap(({ after }) => (after ? [after] : []));
  return [
    about(factOrder, { order_id: orderId, ...worth(totals), priority: priority?.after, edits: 1 }),
    ...lines.map((line) => editedLine(orderId, line)),
    ...groups.map((group) => about(factPromise, promiseRow(orderId, group))),
  ];
};

const cancelled = ({ orderId, cancellationId, lines, undelivered, reason, cancelledAt }: DataOf<OrderEvent, 'LineCancelled'>) =>
  lines.flatMap(({ lineId, sku, quantity }) => [
    about(factOrderLine, { order_id: orderId, line_id: lineId, cancelled_units: quantity }),
    about(factCancellationLine, {
      cancellation_id: cancellationId,
      line_id: lineId,
      order_id: orderId,
      product_key: sku,
      units: quantity,
      reason: reason.code,
      decided_by: reason.by,
      undelivered: undelivered !== undefined,
      cancelled_at: cancelledAt,
    }),
  ]);

type Group = { readonly orderId: string; readonly shipGroupId: string };
const promise = ({ orderId, shipGroupId }: Group, row: Row): readonly Fact[] => [
  about(factPromise, { order_id: orderId, ship_group_id: shipGroupId, ...row }),
];

export const fromOrder: Extraction<OrderEvent | ErasureEvent> = {
  OrderPlaced: (placed) => placement(placed),
  OrderImported: (imported) => [
    ...placement(imported, importedRow(imported)),
    ...(imported.outcome === 'cancelled' ? imported.lines : []).map(({ lineId, quantity }) =>
      about(factOrderLine, { order_id: imported.orderId, line_id: lineId, cancelled_units: quantity }),
    ),
  ],
  OrderEdited: editedOrder,
  OrderConfirmed: ({ orderId, confirmedAt }) => [about(factOrder, { order_id: orderId, confirmed_at: confirmedAt })],
  HoldApplied: ({ orderId }) => [about(factOrder, { order_id: orderId, holds: 1 })],
  LineCancelled: cancelled,
  OrderCancelled: ({ orderId, cancelledAt }) => [about(factOrder, { order_id: orderId, cancelled_at: cancelledAt })],
  OrderCompleted: ({ orderId, completedAt }) => [about(factOrder, { order_id: orderId, completed_at: completedAt })],
  DestinationChanged: ({ destination, isFirst, ...group }) => [
    ...promise(group, { country: destination?.country }),
    ...(isFirst ? [about(factOrder, { order_id: group.orderId, country: destination?.country })] : []),
  ],
  PromiseMade: ({ shipBy, deliverBy, basis, ...group }) =>
    promise(group, { ship_by: shipBy, deliver_by: deliverBy, ...namedPromise(basis?.policy) }),
  PromiseMoved: ({ shipBy = NO_DATE, deliverBy = NO_DATE, basis, ...group }) =>
    promise(group, { ship_by: shipBy, deliver_by: deliverBy, moves: 1, ...namedPromise(basis?.policy) }),
  DeadlineMissed: ({ deadline, missedAt, ...group }) =>
    promise(group, deadline === 'ship-by' ? { ship_by_missed_at: missedAt } : { deliver_by_missed_at: missedAt }),
  GoodsHandedOver: ({ orderId, lines, handedOverAt: at }) => [
    about(factOrder, { order_id: orderId, dispatched_at: at, delivered_at: at }),
    ...lines.map(({ lineId, quantity }) =>
      about(factOrderLine, { order_id: orderId, line_id: lineId, dispatched_units: quantity, delivered_units: quantity }),
    ),
  ],
  PersonErasureRequested: ({ customers, requestedAt }) =>
    customers.map((customerId) => about(dimCustomer, { customer_key: customerId, erased_at: requestedAt })),
};
