import { unitsBySku, type LineQuantity } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { InventoryEvent } from './events';
import type { NetworkStock, Stock } from './stock';

/** What an event does to one SKU, at a location or to the network's sum alone. Absent means unchanged. */
export interface Movement {
  readonly sku: string;
  readonly location?: string;
  readonly onHand?: number;
  readonly reserved?: number;
  readonly allocated?: number;
  readonly unavailable?: number;
  /** The new number to hold back at the location; not a change. */
  readonly holdBack?: number;
  /** Change of what the network holds back, where no location moves: one was opened or closed. */
  readonly safetyStock?: number;
}

type Units = Omit<Movement, 'sku' | 'location'>;

const eachSku = (lines: readonly LineQuantity[], location: string | undefined, move: (quantity: number) => Units): readonly Movement[] =>
  [...unitsBySku(lines)].map(([sku, quantity]) => ({ sku, ...(location === undefined ? {} : { location }), ...move(quantity) }));

/** Units that left beyond what was allocated end no claim there; those of them that were reserved end one on the network. */
const issues = (
  lines: readonly LineQuantity[],
  location: string,
  unallocated: readonly (LineQuantity & { readonly reserved: number })[],
): readonly Movement[] => {
  const beyond = unitsBySku(unallocated);
  const reserved = unallocated.map((line) => ({ ...line, quantity: line.reserved })).filter(({ quantity }) => quantity > 0);
  return [
    ...[...unitsBySku(lines)].map(([sku, q]) => ({ sku, location, onHand: -q, allocated: (beyond.get(sku) ?? 0) - q })),
    ...eachSku(reserved, undefined, (q) => ({ reserved: -q })),
  ];
};

/** What was lost on the way stood at no location any more. */
const transferred = (direction: string, quantity: number): number => {
  if (direction === 'lost') return 0;
  return direction === 'in' ? quantity : -quantity;
};

type Moves = { readonly [Type in InventoryEvent['type']]: (data: DataOf<InventoryEvent, Type>) => readonly Movement[] };

const moves: Moves = {
  StockReceived: ({ sku, location, quantity }) => [{ sku, location, onHand: quantity }],
  StockAdjusted: ({ sku, location, quantity }) => [{ sku, location, onHand: quantity }],
  StockCounted: () => [],
  StockTransferred: ({ sku, location, quantity, direction }) => [{ sku, location, onHand: transferred(direction, quantity) }],
  StockDisposed: ({ sku, location, quantity, outcome }) => [
    { sku, location, unavailable: -quantity, ...(outcome === 'refurbished' ? { onHand: quantity } : {}) },
  ],
  SafetyStockChanged: ({ sku, location, safetyStock }) => [{ sku, location, holdBack: safetyStock }],
  StockReserved: ({ lines }) => eachSku(lines, undefined, (q) => ({ reserved: q })),
  StockShort: () => [],
  DemandChanged: () => [],
  ShortageSplit: () => [],
  StockBackordered: () => [],
  BackorderMoved: () => [],
  PartsAwaited: () => [],
  StockAllocated: ({ lines, location }) => eachSku(lines, location, (q) => ({ reserved: -q, allocated: q })),
  AllocationRefused: () => [],
  AllocationReleased: ({ lines, location }) => eachSku(lines, location, (q) => ({ reserved: q, allocated: -q })),
  StockIssued: ({ lines, location, unallocated = [] }) => issues(lines, location, unallocated),
  StockHandedOver: () => [],
  HandoverRefused: () => [],
  StockReleased: ({ lines }) => eachSku(lines, undefined, (q) => ({ reserved: -q })),
  StockRestocked: ({ sku, location, quantity, disposition }) => [
    { sku, location, ...(disposition === 'restock' ? { onHand: quantity } : { unavailable: quantity }) },
  ],
  CartReserved: ({ lines }) => eachSku(lines, undefined, (q) => ({ reserved: q })),
  CartExtended: () => [],
  CartReleased: ({ lines }) => eachSku(lines, undefined, (q) => ({ reserved: -q })),
  ReservationExpired: ({ lines }) => eachSku(lines, undefined, (q) => ({ reserved: -q })),
  LocationChanged: () => [],
  ChannelLocationsChanged: () => [],
  ChannelSafetyStockChanged: () => [],
  AvailabilityChanged: () => [],
  StockRecounted: () => [],
};

/** The log has other events, too, such as those of the catalogue. */
export const movesStock = (event: Named): event is InventoryEvent => Object.hasOwn(moves, event.type);

/** The ledger entries that follow from an event: the whole of what it does to stock. */
export const movementsOf = (event: InventoryEvent): readonly Movement[] =>
  (moves[event.type] as (data: unknown) => readonly Movement[])(event.data);

/** The location's row after a movement. */
export const moved = (stock: Stock, { onHand = 0, allocated = 0, unavailable = 0, holdBack }: Movement): Stock => ({
  ...stock,
  revision: stock.revision + 1,
  onHand: stock.onHand + onHand,
  allocated: stock.allocated + allocated,
  unavailable: stock.unavailable + unavailable,
  safetyStock: holdBack ?? stock.safetyStock,
});

/** The network's row after these changes. */
export const summed = (network: NetworkStock, { onHand = 0, allocated = 0, reserved = 0, safetyStock = 0 }: Units): NetworkStock => ({
  ...network,
  onHand: network.onHand + onHand,
  allocated: network.allocated + allocated,
  reserved: network.reserved + reserved,
  safetyStock: network.safetyStock + safetyStock,
});
