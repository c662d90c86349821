import { piecesOf } from '@cartage/contracts';
import type { DecisionRecord } from './events';
import type { LocationFacts } from './facts';
import type { CostTable, RoutingRules } from './rules';
import { candidatesFor } from './scoring';
import type { SourcingOrder } from './sourcing';
import { sourcingPlaces } from './sourcing-costs';
import { merged } from './units';

/* Orders that came lately stand for those that come. */

/** Orders of so many days before stand for those that come, the newest first and so many at most. */
export const [PAST_DAYS, MOST_ORDERS] = [56, 400];
/** Of fewer nobody knows what will come. */
export const LEAST_ORDERS = 20;
export const DAY_MS = 86_400_000;

/** Locations that are open, and what is on their shelves. */
export type Shelves = ReadonlyMap<string, LocationFacts & { readonly units: ReadonlyMap<string, number> }>;

export const orderedSkus = (records: readonly DecisionRecord[]): readonly string[] => [
  ...new Set(records.flatMap(({ request }) => request.lines.flatMap((line) => piecesOf(line).map(({ sku }) => sku)))),
];

/** What a customer fetches comes from where it is fetched, whatever it is worth. */
export const isSentTo = ({ request: { pickupLocation } }: DecisionRecord): boolean => pickupLocation === undefined;

/** How many came in a day: where there are as many as are looked at, since the oldest of them. */
export const ordersPerDay = (records: readonly DecisionRecord[], to: string): number => {
  const [oldest = to] = records.map(({ brokeredAt }) => brokeredAt).toSorted();
  const days = records.length < MOST_ORDERS ? PAST_DAYS : Math.max(1, (Date.parse(to) - Date.parse(oldest)) / DAY_MS);
  return records.length / days;
};

/** Whoever may ship it, had it stock: what was there then says nothing of what is there now. */
export const expectedOrder = (
  record: DecisionRecord,
  rules: RoutingRules,
  { shelves, cost }: { readonly shelves: Shelves; readonly cost: CostTable },
): SourcingOrder => {
  const { destination, skus, weights, orderId } = record;
  const lines = merged(record.request.lines);
  const { preferred: _p, only: _o, batch: _b, arrivedAt: _a, ...asked } = record.request;
  const request = { ...asked, excluded: [], inUse: [], attempt: 1 };
  const places = [...shelves.values()].map(({ units, ...place }) => ({ ...place, available: skus.map((sku) => units.get(sku) ?? 0) }));
  const known = { destination, skus, ...(weights ? { weights } : {}) };
  const candidates = candidatesFor(rules, request, { ...known, locations: places }).filter(
    ({ refusal }) => refusal === undefined || refusal === 'over-capacity',
  );
  return { id: orderId, lines, maxSplit: rules.maxSplit, places: sourcingPlaces(cost, { ...known, request, lines }, candidates) };
};
