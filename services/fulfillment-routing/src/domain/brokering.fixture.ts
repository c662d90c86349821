import type { LineQuantity } from '@cartage/contracts';
import { fold } from '@cartage/eventsourcing';
import type { Evidence } from './deciding';
import { skusOf } from './demand';
import type { BrokeringFacts, BrokeringRequest, LocationFacts } from './facts';
import type { BrokeringEvent } from './events';
import { releaseKey } from './holding';
import { orderBrokering, type BrokeringCommand } from './order-brokering';
import { without } from './units';
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
  kind: 'warehouse',
  active: true,
  day: '2026-11-23',
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

export const shipGroup = { shipGroupId: '1', method: 'ship', destination };

export const order = { orderId: id(1), priority: 'standard', lines: linesOf(['MUG', 2], ['TEE', 1]) };

/** What is known at a moment; ids count from `first`. */
export const evidence = (first: number, locations: readonly LocationFacts[], lines: readonly LineQuantity[] = order.lines): Evidence => ({
  decisionId: id(first),
  fulfillmentIds: [id(first + 1), id(first + 2), id(first + 3)],
  rules,
  facts: factsOf(lines, locations),
  now,
});

/** The same, with ids of its own for what was lost. */
export const twice = (known: Evidence) => ({
  evidence: known,
  another: { ...known, decisionId: lastOf(known.decisionId), fulfillmentIds: known.fulfillmentIds.map(lastOf) },
});
const lastOf = (one: string): string => `0000000f${one.slice(8)}`;

/** The order, to be brokered on what is known. */
export const brokerOrder = (known: Evidence): Extract<BrokeringCommand, { type: 'BrokerOrder' }> => {
  const { lines, ...rest } = order;
  return { type: 'BrokerOrder', data: { ...rest, groups: [{ shipGroup, lines, evidence: known }] } };
};

/** What shipping and inventory tell of a fulfilment. */
const shipment = (fulfillmentId: string) => ({ shipmentId: id(5), orderId: order.orderId, fulfillmentId, location: 'A' });
export const cancellationOf = (fulfillmentId: string) => ({
  ...shipment(fulfillmentId),
  lines: order.lines,
  reason: { code: 'damaged', by: 'operator' },
  cancelledAt: now,
});
export const tooLateFor = (fulfillmentId: string) => ({
  ...shipment(fulfillmentId),
  reason: { code: 'handed-over', by: 'carrier' },
  refusedAt: now,
});
/** The order asks that these units do not ship. */
export const cancellationRequest = (n: number, lines: readonly LineQuantity[]) => ({
  orderId: order.orderId,
  cancellationId: id(n),
  lines,
  reason: { code: 'changed-my-mind', by: 'customer' },
  requestedAt: now,
});
/** `unreserved`: of these the order has no reservation. */
export const refusalOf = (fulfillmentId: string, unreserved: readonly LineQuantity[] = []) => ({
  orderId: order.orderId,
  fulfillmentId,
  location: 'A',
  ...{ short: [], levels: [], refusedAt: now },
  ...(unreserved.length > 0 ? { unreserved } : {}),
});
export const orderCancelled = {
  orderId: order.orderId,
  lines: order.lines,
  reason: { code: 'customer', by: 'customer' },
  cancelledAt: now,
};

/** Two places that have enough of everything. */
export const both = [location('A', [9, 9]), location('B', [9, 9], { latitude: 53 })];

/** Lines of the ship group that wait for a release, brokered as often. */
export const heldFor = (attempt: number): string => releaseKey({ shipGroupId: shipGroup.shipGroupId, attempt });

/** What comes of a command after these events. */
export const told = (command: BrokeringCommand, ...past: readonly BrokeringEvent[]): readonly BrokeringEvent[] =>
  orderBrokering.decide(command, fold(orderBrokering, past));

export const typesOf = (events: readonly BrokeringEvent[]): readonly string[] => events.map(({ type }) => type);

/** Units of a fulfilment are not there. */
export const lossOf = (fulfillmentId: string, lines: readonly LineQuantity[]) => ({
  ...{ orderId: order.orderId, fulfillmentId, location: 'A', lines, levels: [], releasedAt: now },
  reason: { code: 'stock-lost', by: 'system' },
});

/** It was picked, and these units were not there. */
export const pickOf = (fulfillmentId: string, lines: readonly LineQuantity[], short: readonly LineQuantity[]) => ({
  ...shipment(fulfillmentId),
  lines: without(lines, short),
  short: short.map((line) => ({
    ...line,
    missing: [{ sku: line.sku, quantity: line.quantity }],
    reason: { code: 'not-found', by: 'operator' },
  })),
  pickedAt: now,
});
