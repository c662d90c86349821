import type { KnownOrder } from '@cartage/payment-verification/risk-learning';
import { Trouble } from '../../client/client';
import type { JudgedOrder } from './reading';

export interface WalkTerms {
  /** Share of the orders, the first ones, that are learned from only. */
  readonly learn: number;
  /** After so many days an order of which nothing bad was heard is good. */
  readonly matureDays: number;
  /** It is learned anew so often. */
  readonly refitDays: number;
  /** An order that is older by so much counts half. */
  readonly halfLifeDays: number;
}

/** What is known when it is learned, and whom it foretells: orders until it is learned anew. */
export interface Fold {
  readonly day: number;
  readonly known: readonly (KnownOrder & { readonly order: JudgedOrder })[];
  readonly judged: readonly JudgedOrder[];
}

/** Oftener it takes long, and finds little. */
const MOST_FOLDS = 12;
const MOST_LEARNED = 200_000;
const LEAST_KNOWN = 50;
const LEAST_WRONG = 5;

const lastDayOf = (orders: readonly JudgedOrder[]): number =>
  orders.reduce((latest, { day, knownOn = day }) => Math.max(latest, day, knownOn), Number.NEGATIVE_INFINITY);

/** Only of orders that had matured by then; of what was heard later, nothing. */
const knownOn = (orders: readonly JudgedOrder[], day: number, { matureDays, halfLifeDays }: WalkTerms): Fold['known'] =>
  orders
    .filter((order) => order.day <= day - matureDays)
    .slice(-MOST_LEARNED)
    .map((order) => ({
      order,
      values: order.values,
      wentWrong: order.wentWrong && (order.knownOn ?? order.day + matureDays) <= day,
      weight: 0.5 ** ((day - order.day) / halfLifeDays),
    }));

const requireEnough = ({ known }: Pick<Fold, 'known'>, matureDays: number): void => {
  const wrong = known.filter(({ wentWrong }) => wentWrong).length;
  if (known.length >= LEAST_KNOWN && wrong >= LEAST_WRONG) return;
  throw new Trouble(
    `When the first orders are to be judged, of ${known.length} it is known what became of them (${matureDays} days later), and ${wrong} went wrong: ` +
      `${LEAST_KNOWN} and ${LEAST_WRONG} are the least. Try --learn or --mature-days.`,
  );
};

/** Walks forward: learned by what was known on a day, judged by orders from then on, of which in the end it is known what became of them. */
export const foldsOf = (orders: readonly JudgedOrder[], terms: WalkTerms): readonly Fold[] => {
  const until = lastDayOf(orders) - terms.matureDays;
  const mature = orders.filter(({ day }) => day <= until);
  const judged = mature.slice(Math.floor(orders.length * terms.learn));
  const [first, last] = [judged[0]?.day, judged.at(-1)?.day];
  if (first === undefined || last === undefined)
    throw new Trouble(
      `No order is old enough to be judged: of none it is known after ${terms.matureDays} days. Try --learn or --mature-days.`,
    );
  const step = Math.max(terms.refitDays, Math.ceil((last - first + 1) / MOST_FOLDS));
  const folds: Fold[] = [];
  for (let day = first; day <= last; day += step) {
    const within = judged.filter((order) => order.day >= day && order.day < day + step);
    if (within.length > 0) folds.push({ day, known: knownOn(orders, day, terms), judged: within });
  }
  for (const fold of folds.slice(0, 1)) requireEnough(fold, terms.matureDays);
  return folds;
};
