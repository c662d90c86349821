import { withParts, type LineQuantity, type Reason } from '@cartage/contracts';
import { alone } from './batch-plan';
import { broker, factsOf, type Decision } from './brokering';
import { demandOf } from './demand';
import { estimateOf } from './estimates';
import type { BrokeringEvent, Cause, DecisionRecord, ShipGroup } from './events';
import type { BatchPlan, BrokeringFacts, BrokeringRequest } from './facts';
import type { RoutingRules } from './rules';
import { isMove, isStanding, type Brokered, type Fulfillment } from './state';

/** All that a decision needs from outside: facts, rules, ids, time. */
export interface Evidence {
  readonly decisionId: string;
  /** One for each fulfilment that may come of it: as many as the split limit. */
  readonly fulfillmentIds: readonly string[];
  readonly rules: RoutingRules;
  readonly facts: BrokeringFacts;
  readonly now: string;
  /** Decided together with other orders: as long as it can be had, so it goes. */
  readonly batch?: BatchPlan;
}

/** Lines to be brokered, and why. */
export interface Occasion {
  readonly cause: Cause;
  readonly shipGroup: ShipGroup;
  readonly lines: readonly LineQuantity[];
  readonly attempt: number;
  /** Has them at hand already. */
  readonly preferred?: string;
  /** Was named. */
  readonly only?: string;
  /** More came to these since nobody could ship the lines. */
  readonly arrivedAt?: readonly string[];
}

const locationsOf = ({ fulfillments }: Brokered, which: (fulfillment: Fulfillment) => boolean): readonly string[] => [
  ...new Set([...fulfillments.values()].filter(which).map(({ location }) => location)),
];

/** Whoever would not, or could not, ship some of these lines; but not for what was lost there, which it has no more and is known, nor what was moved from there. */
const failedWith = (lines: readonly LineQuantity[]) => {
  const ids = new Set(lines.map(({ lineId }) => lineId));
  return (of: Fulfillment): boolean => hasFailed(of) && failedLines(of).some(({ lineId }) => ids.has(lineId));
};

const hasFailed = ({ status, lost, rejection }: Fulfillment): boolean =>
  status === 'refused' || (status === 'rejected' && lost.length === 0 && !isMove(rejection));
const failedLines = ({ status, lines, rejection }: Fulfillment): readonly LineQuantity[] =>
  status === 'rejected' ? (rejection?.apart?.lines ?? lines) : lines;

/**
 * Whoever just had them short is not asked for them before it is known what it has; units of the same lines that it does have, it may ship. What arrives is offered to
 * those too whom the stock ledger refused, because what they have now is known since; but only to those who did not find the lines on their shelves if it came to
 * them, and never to those who would not ship them.
 */
const excludedFor = (order: Brokered, { cause, lines, arrivedAt = [] }: Occasion): readonly string[] => {
  if (cause === 'asked-again') return [];
  const [failed, ids] = [failedWith(lines), new Set(lines.map(({ lineId }) => lineId))];
  const hadShort = ({ short }: Fulfillment): boolean => short.some(({ lineId }) => ids.has(lineId));
  if (cause !== 'stock-arrived') return locationsOf(order, (of) => failed(of) || (cause === 'short-picked' && hadShort(of)));
  const lacked = (of: Fulfillment): boolean => hadShort(of) || (failed(of) && lacksStock(of));
  return locationsOf(order, (of) => (lacked(of) ? !arrivedAt.includes(of.location) : failed(of) && of.status === 'rejected'));
};

/** Whoever would not ship these lines, whatever comes to them. */
export const refusingFor = (order: Brokered, lines: readonly LineQuantity[]): readonly string[] => {
  const failed = failedWith(lines);
  return locationsOf(order, (of) => failed(of) && of.status === 'rejected' && !lacksStock(of));
};

/** It would not ship them because they were not there. */
const lacksStock = ({ rejection: { stockEffect = 'keep' } = {} }: Fulfillment): boolean => stockEffect !== 'keep';

/** What is sent to a store first may come from anywhere. */
const pickupOf = ({ method, pickupLocation }: ShipGroup): Pick<BrokeringRequest, 'pickupLocation'> =>
  method === 'pickup' && pickupLocation !== undefined ? { pickupLocation } : {};

/** Whoever asks again later asks everybody again. */
export const requestOf = (order: Brokered, occasion: Occasion): BrokeringRequest => {
  const { lines, attempt, preferred, only, arrivedAt, shipGroup } = occasion;
  return {
    lines: lines.map(({ lineId, sku, parts, quantity }) => withParts({ lineId, sku, quantity }, parts)),
    ...(shipGroup.destination ? { destination: shipGroup.destination } : {}),
    ...pickupOf(shipGroup),
    priority: order.priority,
    ...(order.channel === undefined ? {} : { channel: order.channel }),
    attempt,
    excluded: excludedFor(order, occasion),
    ...(preferred === undefined ? {} : { preferred }),
    ...(only === undefined ? {} : { only }),
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    inUse: locationsOf(order, (one) => one.shipGroupId === shipGroup.shipGroupId && isStanding(one)),
  };
};

/** What is known of stock still counts what the fulfilment held; as it comes to nothing, its location has that again. */
export const givenBack = (evidence: Evidence, of: Fulfillment): Evidence => {
  const { skus, locations } = evidence.facts;
  const { quantities } = demandOf(of.lines, skus);
  const lighter = <Of extends { readonly day?: string; readonly load: number }>(one: Of): Of =>
    one.day === of.workDay ? { ...one, load: Math.max(0, one.load - 1) } : one;
  const there = locations.map((one) =>
    one.location === of.location
      ? {
          ...lighter(one),
          ...(one.later ? { later: one.later.map(lighter) } : {}),
          available: quantities.map((units, i) => units + (one.available[i] ?? 0)),
        }
      : one,
  );
  return { ...evidence, facts: { ...evidence.facts, locations: there } };
};

/** The decision record and what follows from it: a fulfilment for each location, or word that nobody can ship these lines. */
export const decideOn = (order: Brokered, evidence: Evidence, occasion: Occasion): readonly BrokeringEvent[] => {
  const request = { ...requestOf(order, occasion), ...(evidence.batch ? { batch: evidence.batch } : {}) };
  const decision = broker(evidence.rules, request, evidence.facts);
  const record = recordOf(order, evidence, { request, decision, occasion });
  return [{ type: 'OrderBrokered', data: record }, ...consequences(order, record)];
};

interface Decided {
  readonly request: BrokeringRequest;
  readonly decision: Decision;
  readonly occasion: Occasion;
}

const recordOf = (
  { orderId }: Brokered,
  { decisionId, fulfillmentIds, rules, facts, now }: Evidence,
  { request, decision, occasion: { cause, shipGroup } }: Decided,
): DecisionRecord => ({
  orderId,
  decisionId,
  cause,
  shipGroup,
  rules,
  request,
  destination: facts.destination,
  skus: facts.skus,
  ...(facts.weights ? { weights: facts.weights } : {}),
  ...(facts.unitWorth ? { unitWorth: facts.unitWorth } : {}),
  ...decision,
  assignments: decision.assignments.map((assignment, i) => ({ fulfillmentId: fulfillmentIds[i] ?? '', ...assignment })),
  brokeredAt: now,
});

const consequences = ({ orderId }: Brokered, record: DecisionRecord): readonly BrokeringEvent[] => {
  const { decisionId, request, shipGroup, assignments, unfilled, brokeredAt } = record;
  const rules = record.rules.version;
  if (assignments.length === 0)
    return [
      {
        type: 'FulfillmentUnfillable',
        data: { orderId, lines: unfilled, reason: reasonOf(record), decisionId, rules, decidedAt: brokeredAt },
      },
    ];
  const { priority, attempt } = request;
  const { shipGroupId, method, shipBy } = shipGroup;
  const group = { shipGroupId, method, ...(shipBy === undefined ? {} : { shipBy }) };
  return assignments.map((assignment) => ({
    type: 'FulfillmentBrokered',
    data: {
      orderId,
      ...assignment,
      locationKind: kindOf(record, assignment.location),
      workDay: workDayOf(record, assignment.location),
      ...acceptanceOf(record, kindOf(record, assignment.location)),
      ...estimateOf(record, assignment),
      ...group,
      priority,
      decisionId,
      rules,
      attempt,
      brokeredAt,
    },
  }));
};

/** Its day as it is now, or the one that it is planned for; one without a calendar works every day. */
export const workDayOf = ({ candidates, brokeredAt }: DecisionRecord, location: string): string => {
  const { plannedFor, day } = candidates.find((candidate) => candidate.location === location) ?? {};
  return plannedFor ?? day ?? brokeredAt.slice(0, 10);
};

/** Where its kind is to accept what it is given. */
const acceptanceOf = ({ rules, brokeredAt }: DecisionRecord, kind: string) => {
  const rule = rules.acceptance.find((one) => one.kind === kind);
  const until = (minutes: number): string => new Date(Date.parse(brokeredAt) + minutes * 60_000).toISOString();
  return rule ? { acceptBy: until(rule.withinMinutes), ifNotAccepted: rule.otherwise } : {};
};

const kindOf = ({ candidates }: DecisionRecord, location: string): string =>
  candidates.find((candidate) => candidate.location === location)?.kind ?? 'warehouse';

const reasonOf = (record: DecisionRecord): Reason => ({ code: record.because ?? 'short', detail: detailOf(record), by: 'policy' });

/** For a person. */
const detailOf = ({ because, unfilled, rules, request, skus }: DecisionRecord): string => {
  if (because === 'attempts-exhausted') return `No location shipped it after ${rules.maxAttempts} attempts.`;
  if (because === 'no-capacity') return 'Every location that could ship it has as many fulfilments for the day as it can take.';
  if (because === 'split-limit') return `It would take more than ${rules.maxSplit} locations.`;
  const short = [...new Set(unfilled.filter(({ requested, available }) => available < requested).map(({ sku }) => sku))];
  const { units } = demandOf(request.lines, skus);
  const more = short.length > 5 ? ` and ${short.length - 5} more` : '';
  return `No location that may ship it has enough of ${short.slice(0, 5).join(', ')}${more} (${units} units wanted in all).`;
};

/** Makes the decision of a record again, of the facts in it; by other rules if given, and then alone. */
export const decideAgain = (record: DecisionRecord, rules: RoutingRules = record.rules): Decision =>
  broker(rules, rules === record.rules ? record.request : alone(record.request), {
    destination: record.destination,
    skus: record.skus,
    ...(record.weights ? { weights: record.weights } : {}),
    ...(record.unitWorth ? { unitWorth: record.unitWorth } : {}),
    locations: [...record.candidates.map(factsOf), ...(record.others ?? [])],
  });
