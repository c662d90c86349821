import { unitsBySku, type InventoryEvent, type StockLevel } from '@cartage/contracts';
import { about, type Fact, type Row } from './table';
import { dimLocation, dimProduct } from './dimensions';
import { factOrder } from './order-tables';
import { factStockLevel, factStockMovement } from './stock-tables';
import type { Telling, Told } from './telling';

interface Moved {
  readonly kind: string;
  readonly sku: string;
  readonly location: string;
  readonly units?: number;
  readonly setAside?: number;
  readonly at: string;
  /** Of the SKU in the event. */
  readonly position?: number;
}

const movement = ({ id }: Told, { kind, sku, location, units = 0, setAside = 0, at, position = 0 }: Moved, row: Row = {}): Fact =>
  about(factStockMovement, {
    ...{ event_id: id, position, kind, product_key: sku, location_key: location },
    ...{ units, set_aside_units: setAside, happened_at: at, ...row },
  });

const levelsAt = (levels: readonly StockLevel[], { time }: Told): readonly Fact[] =>
  levels.map(({ sku, location, revision, onHand, allocated, safetyStock, available }) =>
    about(factStockLevel, {
      ...{ product_key: sku, location_key: location, revision, on_hand: onHand, allocated },
      ...{ safety_stock: safetyStock, available, changed_at: time },
    }),
  );

/** What is lost on the way stood at no location any more. */
const transferred = (direction: string, quantity: number): number => {
  if (direction === 'lost') return 0;
  return direction === 'in' ? quantity : -quantity;
};

export const fromInventory: Telling<InventoryEvent> = {
  StockReserved: ({ orderId, reservedAt }) => [about(factOrder, { order_id: orderId, reserved_at: reservedAt })],
  StockShort: ({ orderId, decidedAt }) => [about(factOrder, { order_id: orderId, short_at: decidedAt })],
  StockReceived: ({ sku, location, quantity, receivedAt, levels }, told) => [
    movement(told, { kind: 'received', sku, location, units: quantity, at: receivedAt }),
    ...levelsAt(levels, told),
  ],
  StockAdjusted: ({ sku, location, quantity, cause, adjustedAt, levels }, told) => [
    movement(told, { kind: 'adjusted', sku, location, units: quantity, at: adjustedAt }, { reason: cause }),
    ...levelsAt(levels, told),
  ],
  StockTransferred: ({ sku, location, quantity, direction, cause, transferredAt, levels }, told) => [
    movement(
      told,
      { kind: `transferred-${direction}`, sku, location, units: transferred(direction, quantity), at: transferredAt },
      { reason: cause },
    ),
    ...levelsAt(levels, told),
  ],
  StockDisposed: ({ sku, location, quantity, outcome, disposedAt, levels }, told) => [
    movement(
      told,
      { kind: 'disposed', sku, location, units: outcome === 'refurbished' ? quantity : 0, setAside: -quantity, at: disposedAt },
      { reason: outcome },
    ),
    ...levelsAt(levels, told),
  ],
  SafetyStockChanged: ({ levels }, told) => levelsAt(levels, told),
  StockAllocated: ({ levels }, told) => levelsAt(levels, told),
  AllocationRefused: ({ levels }, told) => levelsAt(levels, told),
  AllocationReleased: ({ levels }, told) => levelsAt(levels, told),
  StockIssued: ({ orderId, location, lines, issuedAt, levels }, told) => [
    ...[...unitsBySku(lines)].map(([sku, quantity], position) =>
      movement(told, { kind: 'issued', position, sku, location, units: -quantity, at: issuedAt }, { order_id: orderId }),
    ),
    ...levelsAt(levels, told),
  ],
  StockRestocked: ({ orderId, sku, location, quantity, disposition, restockedAt, levels }, told) => [
    movement(
      told,
      {
        ...{ kind: 'restocked', sku, location, at: restockedAt },
        ...(disposition === 'restock' ? { units: quantity } : { setAside: quantity }),
      },
      { order_id: orderId, reason: disposition },
    ),
    ...levelsAt(levels, told),
  ],
  ItemChanged: ({ sku, title, category, status, weightGrams, returnable, revision, changedAt }) => [
    about(dimProduct, {
      ...{ product_key: sku, title, category, status, weight_grams: weightGrams, returnable, revision, changed_at: changedAt },
    }),
  ],
  LocationChanged: ({ location, name, kind, country, timeZone, active, revision, changedAt }) => [
    about(dimLocation, { location_key: location, name, kind, country, time_zone: timeZone, active, revision, changed_at: changedAt }),
  ],
};
