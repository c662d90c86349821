import { barcodeKey, isGtin, unitsBySku, type Barcode, type InventoryEvent, type StockLevel } from '@cartage/contracts';
import { about, type Fact, type Row } from './table';
import { dimLocation, dimProduct } from './dimensions';
import { described } from './history';
import { factOrder } from './order-tables';
import { factStockLevel, factStockMovement } from './stock-tables';
import type { Extraction, Stamp } from './extraction';

interface Movement {
  readonly kind: string;
  readonly sku: string;
  readonly location: string;
  readonly units?: number;
  readonly setAside?: number;
  readonly at: string;
  /** Of the SKU in the event. */
  readonly position?: number;
}

const movement = ({ id }: Stamp, { kind, sku, location, units = 0, setAside = 0, at, position = 0 }: Movement, row: Row = {}): Fact =>
  about(factStockMovement, {
    ...{ event_id: id, position, kind, product_key: sku, location_key: location },
    ...{ units, set_aside_units: setAside, happened_at: at, ...row },
  });

const levelsAt = (levels: readonly StockLevel[], { time }: Stamp): readonly Fact[] =>
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

/** Packs have numbers of their own; whoever compares goods with others means those of one unit. A code of the retailer's own may look like one. */
const gtinOf = (barcodes: readonly Barcode[] = []): string | undefined => {
  const found = barcodes.find(({ code, kind, units }) => kind === 'gtin' && units === 1 && isGtin(code));
  return found && barcodeKey(found.code);
};

export const fromInventory: Extraction<InventoryEvent> = {
  StockReserved: ({ orderId, reservedAt }) => [about(factOrder, { order_id: orderId, reserved_at: reservedAt })],
  StockShort: ({ orderId, decidedAt }) => [about(factOrder, { order_id: orderId, short_at: decidedAt })],
  StockReceived: ({ sku, location, quantity, receivedAt, levels }, stamp) => [
    movement(stamp, { kind: 'received', sku, location, units: quantity, at: receivedAt }),
    ...levelsAt(levels, stamp),
  ],
  StockAdjusted: ({ sku, location, quantity, cause, adjustedAt, levels }, stamp) => [
    movement(stamp, { kind: 'adjusted', sku, location, units: quantity, at: adjustedAt }, { reason: cause }),
    ...levelsAt(levels, stamp),
  ],
  StockTransferred: ({ sku, location, quantity, direction, cause, transferredAt, levels }, stamp) => [
    movement(
      stamp,
      { kind: `transferred-${direction}`, sku, location, units: transferred(direction, quantity), at: transferredAt },
      { reason: cause },
    ),
    ...levelsAt(levels, stamp),
  ],
  StockDisposed: ({ sku, location, quantity, outcome, disposedAt, levels }, stamp) => [
    movement(
      stamp,
      { kind: 'disposed', sku, location, units: outcome === 'refurbished' ? quantity : 0, setAside: -quantity, at: disposedAt },
      { reason: outcome },
    ),
    ...levelsAt(levels, stamp),
  ],
  SafetyStockChanged: ({ levels }, stamp) => levelsAt(levels, stamp),
  StockAllocated: ({ levels }, stamp) => levelsAt(levels, stamp),
  AllocationRefused: ({ levels }, stamp) => levelsAt(levels, stamp),
  AllocationReleased: ({ levels }, stamp) => levelsAt(levels, stamp),
  StockIssued: ({ orderId, location, lines, issuedAt, levels }, stamp) => [
    ...[...unitsBySku(lines)].map(([sku, quantity], position) =>
      movement(stamp, { kind: 'issued', position, sku, location, units: -quantity, at: issuedAt }, { order_id: orderId }),
    ),
    ...levelsAt(levels, stamp),
  ],
  StockRestocked: ({ orderId, sku, location, quantity, disposition, restockedAt, levels }, stamp) => [
    movement(
      stamp,
      {
        ...{ kind: 'restocked', sku, location, at: restockedAt },
        ...(disposition === 'restock' ? { units: quantity } : { setAside: quantity }),
      },
      { order_id: orderId, reason: disposition },
    ),
    ...levelsAt(levels, stamp),
  ],
  ItemChanged: ({ sku, title, category, status, weightGrams, returnable, barcodes, revision, changedAt }) =>
    described(dimProduct, {
      ...{ product_key: sku, title, gtin: gtinOf(barcodes), category, status, weight_grams: weightGrams },
      ...{ returnable, revision, changed_at: changedAt },
    }),
  LocationChanged: ({ location, name, kind, country, timeZone, active, revision, changedAt }) =>
    described(dimLocation, { location_key: location, name, kind, country, time_zone: timeZone, active, revision, changed_at: changedAt }),
};
