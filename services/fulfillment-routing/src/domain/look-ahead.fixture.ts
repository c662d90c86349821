import { broker } from './brokering';
import { id, linesOf, requestOf, rules, shipGroup } from './brokering.fixture';
import type { DecisionRecord } from './events';
import type { LookAhead } from './look-ahead';
import { policyOf, rulesFor, type RoutingPolicy } from './policy';
import type { CostTable } from './rules';

/** To the north it is cheaper from the north, and to the south from the south. */
export const cost: CostTable = {
  ...{ currency: 'GBP', halfCost: 500, handling: {} },
  rates: [{ from: ['NORTH'], to: ['GB-N'], amount: 300 }, { from: ['SOUTH'], to: ['GB-S'], amount: 300 }, { amount: 900 }],
};
export const sourcing: LookAhead = { method: 'look-ahead', decides: true, horizonDays: 14, unfilledCost: 5_000 };
export const policy: RoutingPolicy = { ...policyOf(rules), cost, sourcing };

/** A first decision about a mug, the higher the number the longer ago. */
export const recordOf = (n: number, postalArea: string): DecisionRecord => {
  const lines = linesOf(['MUG', 1]);
  const facts = { destination: { locatedBy: 'unknown' as const }, skus: ['MUG'], locations: [] };
  const destination = { country: 'GB', postalArea };
  const [by, request] = [rulesFor(policy, 'routing@3', { skus: ['MUG'] }), requestOf(lines, { destination })];
  const given = [{ fulfillmentId: id(2_000 + n), location: postalArea === 'N1' ? 'NORTH' : 'SOUTH', lines }];
  const decision = { ...broker(by, request, facts), assignments: given };
  const made = {
    orderId: id(n),
    decisionId: id(1_000 + n),
    cause: 'confirmed' as const,
    shipGroup,
    rules: by,
    request,
    ...facts,
    ...decision,
  };
  return { ...made, brokeredAt: new Date(Date.parse('2026-11-20T10:00:00Z') - n * 3_600_000).toISOString() };
};
