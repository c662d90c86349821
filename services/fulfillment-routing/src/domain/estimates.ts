import type { FulfillmentEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Assignment } from './brokering';
import { demandOf, usable } from './demand';
import { estimatedCostOf } from './estimating';
import type { DecisionRecord } from './events';

type Estimate = NonNullable<DataOf<FulfillmentEvent, 'FulfillmentBrokered'>['estimate']>;

/** A location that had all of it, and what all of it would have cost from there. */
interface Whole {
  readonly location: string;
  readonly cost: number;
}

const least = (name: 'cheapestAlone' | 'cheapestOther', whole: readonly Whole[]): Partial<Estimate> =>
  whole.length > 0 ? { [name]: Math.min(...whole.map(({ cost }) => cost)) } : {};

const wholeOf = ({ candidates, request, skus }: DecisionRecord): readonly Whole[] => {
  const { quantities, units } = demandOf(request.lines, skus);
  return candidates.flatMap(({ location, cost, refusal, available }) =>
    cost !== undefined && refusal === undefined && usable(available, quantities) === units ? [{ location, cost }] : [],
  );
};

/** What shipping from there was estimated to cost, beside what it would have from one location alone; nothing where the rules know no costs. */
export const estimateOf = (record: DecisionRecord, { location, lines }: Assignment): { readonly estimate?: Estimate } => {
  const candidate = record.candidates.find((each) => each.location === location);
  const cost = candidate && estimatedCostOf(record.rules, { ...candidate, lines }, record);
  if (cost === undefined || !record.rules.cost) return {};
  const chosen = new Set(record.assignments.map((each) => each.location));
  const whole = wholeOf(record);
  const others = whole.filter((each) => !chosen.has(each.location));
  const beside = { ...least('cheapestAlone', whole), ...least('cheapestOther', others) };
  return { estimate: { currency: record.rules.cost.currency, cost, ...beside } };
};
