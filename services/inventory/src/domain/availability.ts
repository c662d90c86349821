import { ownValue } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { AvailabilityEvent, InventoryEvent } from './events';
import { movementsOf, movesStock } from './movement';
import type { ChannelLocation } from './channel-stock';

/** What the world was told last of a SKU in a channel. */
export interface PublishedAvailability {
  readonly atp: number;
  /** Units by location. */
  readonly locations: Readonly<Record<string, number>>;
}

/** A SKU as a channel may sell it now; under no channel as all may sell it of which nothing is said. */
export interface CurrentAvailability {
  readonly sku: string;
  readonly channel?: string;
  readonly atp: number;
  readonly locations: readonly ChannelLocation[];
}

/** Nothing, where it is as it was told. A location that is not there any more has nothing. */
export const availabilityChange = (
  { locations, ...now }: CurrentAvailability,
  before: PublishedAvailability | undefined,
  asOf: string,
): AvailabilityEvent | undefined => {
  const here = new Map(locations.map(({ location, atp }) => [location, atp]));
  const codes = new Set([...here.keys(), ...Object.keys(before?.locations ?? {})]);
  const changed = [...codes]
    .map((location) => ({ location, atp: here.get(location) ?? 0 }))
    .filter(({ location, atp }) => ownValue(before?.locations, location) !== atp)
    .toSorted((one, other) => (one.location < other.location ? -1 : 1));
  if (before && before.atp === now.atp && changed.length === 0) return undefined;
  return { type: 'AvailabilityChanged', data: { ...now, locations: changed, asOf } };
};

export const publishedOf = ({ atp, locations }: CurrentAvailability): PublishedAvailability => ({
  atp,
  locations: Object.fromEntries(locations.map((each) => [each.location, each.atp])),
});

/** Of which SKUs an event may change what can be promised; `all`: of any. */
export interface Touched {
  readonly skus: readonly string[];
  readonly all: boolean;
}

const nothing: Touched = { skus: [], all: false };
const everything: Touched = { skus: [], all: true };
const these = (lines: OfLines['lines']): Touched => ({ skus: lines.map(({ sku }) => sku), all: false });
const one = (sku: string): Touched => ({ skus: [sku], all: false });

/** The log tells of items, of what is watched and of what is on order, too. */
type OfLines = { readonly lines: readonly { readonly sku: string }[] };
type Stored =
  | InventoryEvent
  | Named<'ItemChanged' | 'ReorderPointChanged' | 'AlertThresholdChanged' | 'SupplyOverdue', { readonly sku: string }>
  | Named<'PurchaseOrderChanged', OfLines & { readonly insteadOf?: readonly string[] }>
  | Named<'PurchaseOrderClosed', OfLines>;

/** Types that move no stock, and change all the same what can be promised of it. */
const touches: { readonly [Type in Stored['type']]?: (data: Extract<Stored, { readonly type: Type }>['data']) => Touched } = {
  LocationChanged: () => everything,
  ChannelLocationsChanged: () => everything,
  ChannelSafetyStockChanged: ({ sku }) => (sku === undefined ? everything : one(sku)),
  // It may have become a kit, or another one.
  ItemChanged: ({ sku }) => one(sku),
  AvailabilityChanged: () => nothing,
  StockRecounted: ({ sku }) => one(sku),
  // What can be promised stays; what should be looked at may not.
  ReorderPointChanged: ({ sku }) => one(sku),
  AlertThresholdChanged: ({ sku }) => one(sku),
  PurchaseOrderChanged: ({ lines, insteadOf = [] }) => these([...lines, ...insteadOf.map((sku) => ({ sku }))]),
  PurchaseOrderClosed: ({ lines }) => these(lines),
  SupplyOverdue: ({ sku }) => one(sku),
};

export const touchedBy = (event: Named): Touched => {
  const touch = (touches as Readonly<Record<string, ((data: never) => Touched) | undefined>>)[event.type];
  if (touch) return touch(event.data as never);
  return movesStock(event) ? { skus: movementsOf(event).map(({ sku }) => sku), all: false } : nothing;
};
