import { lifeUntil, sumOf, type DemandHistory } from './history';
import { exponential, together } from './levels';
import { factorOf, type NodePast } from './reconciling';
import type { Standpoint } from './single';

/** What each series was said to sell over a whole horizon, from each standpoint. */
export type SaidBySeries = readonly Float64Array[];

/** A sum of many series is smooth, and may follow faster than one of them. */
const levelOfSum = together([exponential(0.05), exponential(0.1), exponential(0.2)]);

/** Series that had begun at this standpoint: of others nothing could be said. */
const begun = (history: DemandHistory, members: readonly number[], { origin }: Standpoint): readonly number[] =>
  members.filter((n) => lifeUntil(history.series[n]?.demand ?? new Float64Array(0), origin.known).length > 0);

const saidByItself = (history: DemandHistory, members: readonly number[], { origin, view }: Standpoint): number => {
  const { pattern, coming } = view(new Float64Array(origin.known));
  const plain = new Float64Array(origin.known);
  for (const n of members)
    history.series[n]?.demand.subarray(0, origin.known).forEach((units, day) => (plain[day] = (plain[day] ?? 0) + units));
  const indexOf = (weekday: number | undefined): number => pattern.weekdayIndex[weekday ?? 0] ?? 1;
  const level = levelOfSum(plain.map((units, day) => units / indexOf(history.weekdays[day])));
  return sumOf(coming.map((weekday) => level * indexOf(weekday)));
};

const cameOf = (history: DemandHistory, members: readonly number[], { origin }: Standpoint): number =>
  sumOf(members.map((n) => sumOf(history.series[n]?.demand.subarray(origin.known, origin.known + origin.ahead) ?? [])));

/** The standpoint of now comes first; all others lie before it. */
export interface NodeNeeds {
  readonly history: DemandHistory;
  readonly standpoints: readonly Standpoint[];
  readonly said: SaidBySeries;
}

/** The factor of one node, over these series. */
export const nodeFactor = ({ history, standpoints, said }: NodeNeeds, members: readonly number[]): number => {
  const each = standpoints.map((standpoint, s) => {
    const known = begun(history, members, standpoint);
    const bySeries = sumOf(known.map((n) => said[s]?.[n] ?? 0));
    return { known, bySeries, byItself: saidByItself(history, known, standpoint) };
  });
  const [now = { bySeries: 0, byItself: 0 }, ...earlier] = each;
  const past: NodePast = {
    came: earlier.map(({ known }, s) => cameOf(history, known, standpoints[s + 1] as Standpoint)),
    bySeries: earlier.map(({ bySeries }) => bySeries),
    byItself: earlier.map(({ byItself }) => byItself),
  };
  return factorOf(past, now);
};

/** Below this many series a location says nothing that its series do not. */
const LEAST_SERIES = 2;

/**
 * By what each series is multiplied so that SKU, location and total agree: first its location, then all. Every sum of series is coherent by then, for all are sums of the same numbers.
 */
export const nodeFactors = (needs: NodeNeeds): Float64Array => {
  const { series } = needs.history;
  const factors = new Float64Array(series.length).fill(1);
  const byLocation = new Map<string, number[]>();
  series.forEach(({ location = '' }, n) => {
    const members = byLocation.get(location);
    if (members === undefined) byLocation.set(location, [n]);
    else members.push(n);
  });
  if (byLocation.size > 1)
    for (const members of byLocation.values()) {
      if (members.length < LEAST_SERIES) continue;
      const factor = nodeFactor(needs, members);
      for (const n of members) factors[n] = factor;
    }
  const scaled = needs.said.map((units) => units.map((each, n) => each * (factors[n] ?? 1)));
  const total = nodeFactor({ ...needs, said: scaled }, [...series.keys()]);
  return factors.map((factor) => factor * total);
};
