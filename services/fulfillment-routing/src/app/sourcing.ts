import { faultOf, isBetter, valueOf, type SourcingPlan, type SourcingProblem, type SourcingValue } from '../domain/sourcing';
import { sourcingSteps } from '../domain/sourcing-heuristic';

/** Finds the best of all plans, or nothing when that would take too long. */
export interface SourcingSolver {
  solve(problem: SourcingProblem): Promise<SourcingPlan | undefined>;
}

export interface Sourced {
  readonly plan: SourcingPlan;
  readonly value: SourcingValue;
  /** Whether there is none better; else it is a good one. */
  readonly isOptimal: boolean;
}

/** So many choices, of a location for an order and of units for a line, are few enough for the best of all. */
const MOST_CHOICES = 1_500;

const choicesIn = ({ orders }: SourcingProblem): number =>
  orders.reduce((sum, { places, lines }) => sum + places.length * (1 + lines.length), 0);

/** Steps of the heuristic between which others have their turn. */
const STEPS = 10;

const sourcedInTurns = async (problem: SourcingProblem, pause: () => Promise<void>): Promise<SourcingPlan> => {
  const steps = sourcingSteps(problem);
  for (let step = 1; ; step += 1) {
    const { done, value } = steps.next();
    if (done) return value;
    if (step % STEPS === 0) await pause();
  }
};

const isStraight = ({ orders }: SourcingProblem): boolean => orders.every(({ places }) => places.every(({ exactly }) => !exactly));

/**
 * Which locations ship a batch of orders: the best of all plans where they are few, a good one else. Where costs had to be straightened, both are looked for and judged by
 * what they really cost. `pause` lets others have their turn.
 */
export const sourcing =
  (solver: SourcingSolver, pause: () => Promise<void>) =>
  async (problem: SourcingProblem): Promise<Sourced> => {
    const best = choicesIn(problem) <= MOST_CHOICES ? await solver.solve(problem) : undefined;
    const proven = best !== undefined && faultOf(problem, best) === undefined ? judged(problem, best, true) : undefined;
    if (proven && isStraight(problem)) return proven;
    const good = judged(problem, await sourcedInTurns(problem, pause), false);
    return proven && !isBetter(good.value, proven.value) ? proven : good;
  };

const judged = (problem: SourcingProblem, plan: SourcingPlan, isOptimal: boolean): Sourced => ({
  plan,
  value: valueOf(problem, plan),
  isOptimal,
});
