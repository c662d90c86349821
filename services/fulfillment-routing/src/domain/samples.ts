import type { LineQuantity } from '@cartage/contracts';
import type { Evidence } from './deciding';
import { skusOf } from './demand';
import type { BrokeringFacts, BrokeringRequest, LocationFacts } from './facts';
import type { ConfirmedOrder } from './order-brokering';
import { nearestOfFewest } from './rules';

export const rules = nearestOfFewest({ maxSplit: 3, maxAttempts: 3 });
export const now = '2026-11-23T10:00:00.000Z';
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Lines `1`, `2` … of these SKUs. */
export const linesOf = (...wanted: readonly (readonly [sku: string, quantity: number])[]): readonly LineQuantity[] =>
  wanted.map(([sku, quantity], i) => ({ lineId: String(i + 1), sku, quantity }));

/** Places along the meridian of London, about 111 km to a degree. */
export const location = (code: string, available: readonly number[], over: Partial<LocationFacts> = {}): LocationFacts => ({
  location: code,
  active: true,
  load: 0,
  latitude: 51.5,
  longitude: 0,
  available,
  ...over,
});

export const destination = { country: 'GB', postalArea: 'EC1A', latitude: 51.5, longitude: 0 };

export const factsOf = (lines: readonly LineQuantity[], locations: readonly LocationFacts[]): BrokeringFacts => ({
  destination: { locatedBy: 'coordinates', latitude: 51.5, longitude: 0 },
  skus: skusOf(lines),
  locations,
});

export const requestOf = (lines: readonly LineQuantity[], over: Partial<BrokeringRequest> = {}): BrokeringRequest => ({
  lines,
  destination,
  priority: 'standard',
  attempt: 1,
  excluded: [],
  inUse: [],
  ...over,
});

export const order: ConfirmedOrder = {
  orderId: id(1),
  lines: linesOf(['MUG', 2], ['TEE', 1]),
  destination,
  personal: { key: 'guest-1', box: 'c2VhbGVk' },
  priority: 'standard',
};

/** What is known at a moment; ids count from `first`. */
export const evidence = (first: number, locations: readonly LocationFacts[], lines: readonly LineQuantity[] = order.lines): Evidence => ({
  decisionId: id(first),
  fulfillmentIds: [id(first + 1), id(first + 2), id(first + 3)],
  rules,
  facts: factsOf(lines, locations),
  now,
});
