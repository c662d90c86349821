import { sumOf } from './history';

/** One node above the series (a location, or all): what it and the sum of its series said at earlier origins and say now, in units of a whole horizon. */
export interface NodePast {
  readonly came: readonly number[];
  readonly bySeries: readonly number[];
  readonly byItself: readonly number[];
}

export interface NodeNow {
  readonly bySeries: number;
  readonly byItself: number;
}

/** So many origins of no growth are added to what was seen: three origins say half. */
const ORIGINS_OF_DOUBT = 3;

const squaredError = (came: readonly number[], said: readonly number[]): number =>
  sumOf(came.map((units, n) => (units - (said[n] ?? 0)) ** 2));

/** How much the node's own word counts: each word as much as it was right (inverse squared error). */
export const ownWeight = ({ came, bySeries, byItself }: NodePast): number => {
  const [series, itself] = [squaredError(came, bySeries), squaredError(came, byItself)];
  return series + itself === 0 ? 0 : series / (series + itself);
};

const agreed = (bySeries: number, byItself: number, weight: number): number => bySeries + weight * (byItself - bySeries);

/**
 * By what the series below a node are multiplied, so that their sum is what the node says: the least change in the sense of weighted least squares with weights
 * in proportion to the series (Wickramasuriya, Athanasopoulos and Hyndman 2019), so none falls below zero. What both words together missed at earlier origins in the same
 * direction is then taken out, as far as few origins can tell.
 */
export const factorOf = (past: NodePast, now: NodeNow): number => {
  if (now.bySeries <= 0) return 1;
  const weight = ownWeight(past);
  const logs = past.came.flatMap((units, n) => {
    const said = agreed(past.bySeries[n] ?? 0, past.byItself[n] ?? 0, weight);
    return units > 0 && said > 0 ? [Math.log(units / said)] : [];
  });
  const growth = Math.exp(sumOf(logs) / (logs.length + ORIGINS_OF_DOUBT));
  return (agreed(now.bySeries, now.byItself, weight) / now.bySeries) * growth;
};
