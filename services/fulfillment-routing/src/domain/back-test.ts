import type { Assignment, Decision } from './brokering';
import { decideAgain } from './deciding';
import { isExact } from './distance';
import { estimatedCostOf } from './estimating';
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
  /** Of those fulfilments whose distance is known, and not only from the middle of a country. */
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
  /** What was decided, of what was known then. */
  readonly record: DecisionRecord;
  /** From the middle of a country nothing is so many kilometres away. */
  readonly countsKm: boolean;
  readonly shipBy?: string;
}

/** Whether a fulfilment would begin after the day on which it was to be handed over. */
const isLate = ({ plannedFor, day }: Candidate, { shipBy }: Terms): boolean => {
  const begins = plannedFor ?? day;
  return begins !== undefined && shipBy !== undefined && begins > shipBy.slice(0, 10);
};

type Shipped = Candidate & Pick<Assignment, 'lines'>;

const withFulfillment = (totals: RoutingTotals, found: Shipped, terms: Terms): RoutingTotals => ({
  ...totals,
  km: totals.km + (terms.countsKm ? (found.distanceKm ?? 0) : 0),
  cost: totals.cost + (estimatedCostOf(terms.rules, found, terms.record) ?? 0),
  late: totals.late + (isLate(found, terms) ? 1 : 0),
});

const added = (sum: RoutingTotals, { assignments, candidates }: Outcome, terms: Terms): RoutingTotals => {
  const chosen = candidates.flatMap((one): readonly Shipped[] =>
    assignments.filter(({ location }) => location === one.location).map(({ lines }) => ({ ...one, lines })),
  );
  return chosen.reduce((totals, found) => withFulfillment(totals, found, terms), {
    ...sum,
    unfilled: sum.unfilled + (assignments.length === 0 ? 1 : 0),
    fulfillments: sum.fulfillments + assignments.length,
    split: sum.split + (assignments.length > 1 ? 1 : 0),
  });
};

const whole = (totals: RoutingTotals): RoutingTotals => ({ ...totals, km: Math.round(totals.km * 10) / 10 });

/** Before any decision was tried. */
export const untried = (version: string): RoutingTrial => ({ version, decisions: 0, unchanged: 0, before: none, now: none, examples: [] });

/** The rules that an order like that of the record would be routed by. */
export const rulesOfRecord = (policy: RoutingPolicy, version: string, { shipGroup, request }: DecisionRecord): RoutingRules => {
  const order = { channel: request.channel, method: shipGroup.method, country: request.destination?.country };
  return rulesFor(policy, version, { ...order, skus: request.lines.map(({ sku }) => sku) });
};

/** A trial, and one more record of a decision that is made again by other rules, of the facts that it was made of. */
export const tried = (trial: RoutingTrial, policy: RoutingPolicy, record: DecisionRecord): RoutingTrial => {
  const { decisionId, orderId, shipGroup } = record;
  const rules = rulesOfRecord(policy, trial.version, record);
  const decision = decideAgain(record, rules);
  const of = {
    rules,
    record,
    countsKm: isExact(record.destination),
    ...(shipGroup.shipBy === undefined ? {} : { shipBy: shipGroup.shipBy }),
  };
  const [was, is] = [locationsOf(record), locationsOf(decision)];
  const isSame = was.join('\n') === is.join('\n');
  const isExample = !isSame && trial.examples.length < EXAMPLES;
  return {
    ...trial,
    decisions: trial.decisions + 1,
    unchanged: trial.unchanged + (isSame ? 1 : 0),
    before: whole(added(trial.before, record, of)),
    now: whole(added(trial.now, decision, of)),
    examples: isExample ? [...trial.examples, { decisionId, orderId, before: was, now: is }] : trial.examples,
  };
};
