import { RiskCells, type RiskCellsState } from './risk-cells';
import { riskFeatures, type RiskValues } from './risk-features';
import { learnRisk, ridges, RiskModel, type Assessed, type RiskModelState } from './risk-learning';

/* How orders go wrong, learned from the log of payments, order by order once it is known what became of it: the same facts make the same model, wherever it paused in between. */

/** After so many days an order of which nothing bad was heard went well; what is heard later comes too late to be learned. */
export const MATURE_DAYS = 60;

/** What makes an order one that went wrong. */
export const riskOutcomes = ['chargeback', 'undelivered', 'cancelled-by-customer', 'money-back'] as const;
export type RiskOutcome = (typeof riskOutcomes)[number];

/** An order that is old enough, and what became of it. */
export interface RiskFact {
  /** Of the event in the log that says how it was judged. */
  readonly position: string;
  /** When the log took that in. */
  readonly recordedAt: string;
  readonly values: RiskValues;
  /** Whether its money was promised: of others nobody knows what would have become of them. */
  readonly isTaken: boolean;
  readonly wentWrong: readonly RiskOutcome[];
  /** What was foretold of it when it was judged: parts of ten thousand. */
  readonly foretold?: number | undefined;
}

/** Of the orders of a month: what was foretold of them when they were judged, and what became of them. */
export interface RiskMonth {
  /** Such as 2026-11. */
  readonly month: string;
  readonly orders: number;
  /** Of them, so many were foretold to go wrong, in sum. */
  readonly foretold: number;
  readonly wentWrong: number;
  /** Squared errors of what was foretold, and of the share that had gone wrong until then (Brier 1950), in sum. */
  readonly error: number;
  readonly baseError: number;
}

/** One of the models that were learned, and how surprised it was by what came after. */
interface Trial {
  readonly ridge: number;
  readonly surprise: number;
  readonly state: RiskModelState;
}

export interface RiskLearned {
  readonly position: string;
  readonly cells: RiskCellsState;
  /** Days of the first and the last order that were learned from. */
  readonly from: number;
  readonly to: number;
  readonly orders: number;
  readonly outcomes: Readonly<Record<RiskOutcome, number>>;
  readonly wentWrong: number;
  /** Up to which event the model in use was learned; empty before there is one. */
  readonly model: string;
  readonly learnedOn: number;
  /** The first is in use. */
  readonly trials: readonly Trial[];
  readonly months: readonly RiskMonth[];
}

const DAY_MS = 86_400_000;
/** Of fewer nothing is learned. */
const [LEAST_ORDERS, LEAST_WRONG] = [200, 10];
const LEARNED_EVERY_DAYS = 7;
const MOST_MONTHS = 36;
/** Before anything is known of how strongly to draw to 0. */
const USUAL_RIDGE = 10;

const none: Readonly<Record<RiskOutcome, number>> = { chargeback: 0, undelivered: 0, 'cancelled-by-customer': 0, 'money-back': 0 };
const nothing: RiskLearned = {
  ...{ position: '', cells: { cells: [], day: 0 }, from: 0, to: 0, orders: 0, outcomes: none, wentWrong: 0 },
  ...{ model: '', learnedOn: 0, trials: [], months: [] },
};

const surpriseOf = (probability: number, wentWrong: boolean): number =>
  -Math.log(Math.max(1e-12, wentWrong ? probability : 1 - probability));

const dayOf = ({ recordedAt }: RiskFact): number => Math.floor(Date.parse(recordedAt) / DAY_MS);

export class RiskLearner {
  private readonly cells: RiskCells;
  private state: RiskLearned;
  private inUse: RiskModel | undefined;

  constructor(learned: RiskLearned = nothing) {
    this.cells = new RiskCells(learned.cells);
    this.state = learned;
    this.inUse = modelOf(learned);
  }

  get position(): string {
    return this.state.position;
  }

  get model(): RiskLearned {
    return { ...this.state, cells: this.cells.state };
  }

  learn(fact: RiskFact): void {
    if (fact.isTaken) this.learnOf(fact);
    this.state = { ...this.state, position: fact.position };
  }

  /** How likely an order with these values goes wrong, and by what; nothing before enough is known. */
  assess(values: RiskValues): (Assessed & { readonly model: string }) | undefined {
    const known = values.map((value) => value ?? undefined);
    return this.inUse && { ...this.inUse.assess(known), model: this.state.model };
  }

  private learnOf(fact: RiskFact): void {
    const day = dayOf(fact);
    if (this.isDue(day)) this.learnAnew(day);
    const wentWrong = fact.wentWrong.length > 0;
    const values = fact.values.map((value) => value ?? undefined);
    const { state } = this;
    this.state = {
      ...{ ...state, from: state.orders === 0 ? day : state.from, to: day, orders: state.orders + 1 },
      ...{ wentWrong: state.wentWrong + (wentWrong ? 1 : 0), outcomes: withOutcomes(state.outcomes, fact.wentWrong) },
      trials: state.trials.map((trial) => {
        const probability = new RiskModel(trial.state).probability(values);
        return { ...trial, surprise: trial.surprise + surpriseOf(probability, wentWrong) };
      }),
      months: withMonth(state, fact),
    };
    this.cells.add(fact.values, wentWrong, day);
  }

  private isDue(day: number): boolean {
    const { orders, wentWrong, trials, learnedOn } = this.state;
    return orders >= LEAST_ORDERS && wentWrong >= LEAST_WRONG && (trials.length === 0 || day - learnedOn >= LEARNED_EVERY_DAYS);
  }

  /** By each ridge; the one that was least surprised lately is used. What surprised it longer ago counts less. */
  private learnAnew(day: number): void {
    const known = this.cells.known(day);
    const before = new Map(this.state.trials.map(({ ridge, surprise }) => [ridge, surprise / 2]));
    const rank = (ridge: number): number => before.get(ridge) ?? (ridge === USUAL_RIDGE ? -1 : 0);
    const trials = ridges
      .map((ridge): Trial => ({ ridge, surprise: before.get(ridge) ?? 0, state: learnRisk(riskFeatures, known, ridge).state }))
      .toSorted((a, b) => rank(a.ridge) - rank(b.ridge) || a.ridge - b.ridge);
    this.state = { ...this.state, trials, model: this.state.position, learnedOn: day };
    this.inUse = modelOf(this.state);
  }
}

const modelOf = ({ trials }: RiskLearned): RiskModel | undefined => trials.slice(0, 1).map(({ state }) => new RiskModel(state))[0];

const withOutcomes = (counts: RiskLearned['outcomes'], found: readonly RiskOutcome[]): RiskLearned['outcomes'] =>
  found.reduce((sum, outcome) => ({ ...sum, [outcome]: sum[outcome] + 1 }), counts);

/** Only orders of which something was foretold say how well it is foretold. */
const withMonth = (
  { months, orders, wentWrong }: RiskLearned,
  { foretold, recordedAt, wentWrong: found }: RiskFact,
): readonly RiskMonth[] => {
  if (foretold === undefined) return months;
  const month = recordedAt.slice(0, 7);
  const [probability, outcome, base] = [foretold / 10_000, found.length > 0 ? 1 : 0, wentWrong / Math.max(1, orders)];
  const own = months.find((each) => each.month === month) ?? { month, orders: 0, foretold: 0, wentWrong: 0, error: 0, baseError: 0 };
  const added: RiskMonth = {
    ...{ month, orders: own.orders + 1, foretold: own.foretold + probability, wentWrong: own.wentWrong + outcome },
    ...{ error: own.error + (probability - outcome) ** 2, baseError: own.baseError + (base - outcome) ** 2 },
  };
  return [...months.filter((each) => each.month !== month), added].toSorted((a, b) => (a.month < b.month ? -1 : 1)).slice(-MOST_MONTHS);
};
