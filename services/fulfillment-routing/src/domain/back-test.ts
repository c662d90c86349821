import type { Decision } from './brokering';
import { decideAgain } from './deciding';
import { estimatedCost } from './estimating';
import type { DecisionRecord } from './events';
import type { Candidate } from './scoring';
import { rulesFor, type RoutingPolicy } from './policy';
import type { RoutingRules } from './rules';

/** What decisions came to, added up. */
export interface RoutingTotals {
  /** Decisions of which nothing was assigned. */
  readonly unfilled: number;
  readonly fulfillments: number;
  /** Decisions of which more than one location ships. */
  readonly split: number;
  /** Of those fulfilments whose distance is known. */
  readonly km: number;
  /** Minor units, by the table of the rules that are tried; 0 without one. */
  readonly cost: number;
  /** Fulfilments that would begin after the day on which they were to be handed over. */
  readonly late: number;
}

export interface ChangedDecision {
  readonly decisionId: string;
  readonly orderId: string;
  readonly before: readonly string[];
  readonly now: readonly string[];
}

/** What these rules would have decided of what was known then. */
export interface RoutingTrial {
  readonly version: string;
  readonly decisions: number;
  /** Of these as they were decided. */
  readonly unchanged: number;
  readonly before: RoutingTotals;
  readonly now: RoutingTotals;
  /** Some of those that would be otherwise. */
  readonly examples: readonly ChangedDecision[];
}

const EXAMPLES = 20;
const none: RoutingTotals = { unfilled: 0, fulfillments: 0, split: 0, km: 0, cost: 0, late: 0 };

const locationsOf = ({ assignments }: Pick<Decision, 'assignments'>): readonly string[] =>
  assignments.map(({ location }) => location).sort();

type Outcome = Pick<Decision, 'assignments' | 'candidates'>;

interface Terms {
  readonly rules: RoutingRules;
  readonly shipBy?: string;
}

/** Whether a fulfilment would begin after the day on which it was to be handed over. */
const isLate = ({ plannedFor, day }: Candidate, { shipBy }: Terms): boolean => {
  const begins = plannedFor ?? day;
  return begins !== undefined && shipBy !== undefined && begins > shipBy.slice(0, 10);
};

const withFulfillment = (totals: RoutingTotals, found: Candidate, terms: Terms): RoutingTotals => ({
  ...totals,
  km: totals.km + (found.distanceKm ?? 0),
  cost: totals.cost + (estimatedCost(terms.rules, found, found.distanceKm) ?? 0),
  late: totals.late + (isLate(found, terms) ? 1 : 0),
});

const added = (sum: RoutingTotals, { assignments, candidates }: Outcome, terms: Terms): RoutingTotals => {
  const chosen = candidates.filter((one) => assignments.some(({ location }) => location === one.location));
  return chosen.reduce((totals, found) => withFulfillment(totals, found, terms), {
    ...sum,
    unfilled: sum.unfilled + (assignments.length === 0 ? 1 : 0),
    fulfillments: sum.fulfillments + assignments.length,
    split: sum.split + (assignments.length > 1 ? 1 : 0),
  });
};

const whole = (totals: RoutingTotals): RoutingTotals => ({ ...totals, km: Math.round(totals.km * 10) / 10 });

/** Records of decisions, decided again by other rules, each of the facts that it was made of. */
export const tried = (policy: RoutingPolicy, version: string, records: readonly DecisionRecord[]): RoutingTrial => {
  let [before, now, unchanged]: [RoutingTotals, RoutingTotals, number] = [none, none, 0];
  const examples: ChangedDecision[] = [];
  for (const record of records) {
    const { decisionId, orderId, shipGroup, request } = record;
    const order = { channel: request.channel, method: shipGroup.method, country: request.destination?.country };
    const rules = rulesFor(policy, version, { ...order, skus: request.lines.map(({ sku }) => sku) });
    const decision = decideAgain(record, rules);
    const of = { rules, ...(shipGroup.shipBy === undefined ? {} : { shipBy: shipGroup.shipBy }) };
    [before, now] = [added(before, record, of), added(now, decision, of)];
    const [was, is] = [locationsOf(record), locationsOf(decision)];
    if (was.join('\n') === is.join('\n')) unchanged += 1;
    else if (examples.length < EXAMPLES) examples.push({ decisionId, orderId, before: was, now: is });
  }
  return { version, decisions: records.length, unchanged, before: whole(before), now: whole(now), examples };
};
