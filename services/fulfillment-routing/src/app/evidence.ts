import type { Destination, LineQuantity } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Evidence } from '../domain/deciding';
import { skusOf } from '../domain/demand';
import { requireBrokered, requireFulfillment, shipGroupOf } from '../domain/requiring';
import type { BrokeringFacts } from '../domain/facts';
import type { RoutedOrder } from '../domain/policy';
import type { RoutingRules } from '../domain/rules';
import { locate } from './locating';
import type { Geocoder, Network, StockedLocation } from './network';
import type { ReadBrokering } from './reading';
import type { StockWorth } from './stock-worth';

export interface EvidenceNeeds {
  readonly network: Network;
  readonly geocoder: Geocoder;
  /** What orders like this are routed by, now. */
  readonly rulesFor: (order: RoutedOrder) => Promise<RoutingRules>;
  readonly newId: () => string;
  readonly now: () => Date;
  /** What units are worth to those who come later, as far as it is known; absent: nobody looks ahead. */
  readonly worth?: () => StockWorth | undefined;
}

/** Where lines go, and how. */
interface Way {
  readonly destination?: Destination | undefined;
  readonly service?: string | undefined;
  readonly method?: string | undefined;
  readonly channel?: string | undefined;
}

/** What a decision about these lines is made of. Refuses, as only early, while nothing at all was heard of some SKU. */
export const gather = async (
  needs: EvidenceNeeds,
  lines: readonly LineQuantity[],
  { destination, service, method, channel }: Way,
): Promise<Evidence> => {
  const { network, geocoder, newId, now } = needs;
  const at = now().toISOString();
  const skus = skusOf(lines);
  const rules = await needs.rulesFor({ channel, method, country: destination?.country, skus: lines.map(({ sku }) => sku) });
  const [located, weights, stocked] = await Promise.all([
    locate(geocoder, destination),
    network.weightsOf(skus),
    network.stocked({ skus, at, service, laterDays: Math.max(1, rules.planAheadDays) }),
  ]);
  requireHeardOf(skus, stocked);
  return {
    decisionId: newId(),
    fulfillmentIds: Array.from({ length: rules.maxSplit }, newId),
    rules,
    facts: withWorth({ ...factsOf(skus, located, stocked), weights: skus.map((sku) => weights.get(sku) ?? null) }, needs.worth?.()),
    now: at,
  };
};

const factsOf = (
  skus: readonly string[],
  destination: BrokeringFacts['destination'],
  stocked: readonly StockedLocation[],
): BrokeringFacts => ({
  destination,
  skus,
  locations: stocked.map(({ available, ...location }) => ({ ...location, available: skus.map((sku) => available.get(sku) ?? 0) })),
});

/** It stands in the decision, so that the same can be decided again. */
const withWorth = (facts: BrokeringFacts, worth: StockWorth | undefined): BrokeringFacts =>
  worth
    ? {
        ...facts,
        unitWorth: worth.from,
        locations: facts.locations.map((one) => ({ ...one, worth: facts.skus.map((sku) => worth.of(one.location, sku)) })),
      }
    : facts;

const requireHeardOf = (skus: readonly string[], stocked: readonly StockedLocation[]): void => {
  const heard = new Set(stocked.flatMap(({ available }) => [...available.keys()]));
  const unheard = skus.filter((sku) => !heard.has(sku));
  if (unheard.length > 0)
    throw new Refused(
      'STOCK_UNKNOWN',
      `No stock level of ${unheard.slice(0, 5).join(', ')} was heard of yet, at any known location.`,
      'unknown',
    );
};

/** What is known for the lines of a fulfilment, to be brokered once more. */
export const evidenceFor = async (
  needs: EvidenceNeeds & { readonly read: ReadBrokering },
  { orderId, fulfillmentId }: { readonly orderId: string; readonly fulfillmentId: string },
): Promise<Evidence> => {
  const { state } = await needs.read(orderId);
  const { lines, shipGroupId } = requireFulfillment(state, fulfillmentId);
  const order = requireBrokered(state);
  return gather(needs, lines, { ...shipGroupOf(order, shipGroupId), channel: order.channel });
};
