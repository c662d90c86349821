import type { Verdict } from '@cartage/contracts';
import type { Terms } from './terms';
import { verify, type CustomerFacts, type VerificationLimits } from './verification';

type Decision = Verdict['decision'];

/** An order as it was judged: what was known of it then, and what was decided. */
export interface PastCase {
  readonly terms: Terms;
  readonly facts: CustomerFacts;
  readonly verdict: Verdict;
}

interface Money {
  readonly currency: string;
  readonly amount: number;
}

/** Orders that would be decided otherwise, and what they came to. */
export interface Shift {
  readonly from: Decision;
  readonly to: Decision;
  readonly orders: number;
  readonly money: readonly Money[];
}

export interface Changed {
  readonly orderId: string;
  readonly from: Decision;
  readonly to: Decision;
  readonly scoreBefore: number;
  readonly scoreNow: number;
  readonly currency: string;
  readonly total: number;
  /** Rules that would speak, and those that spoke. */
  readonly rulesBefore: readonly string[];
  readonly rulesNow: readonly string[];
}

export interface BackTest {
  readonly orders: number;
  readonly unchanged: number;
  readonly shifts: readonly Shift[];
  /** Some of those that would be decided otherwise. */
  readonly examples: readonly Changed[];
}

const EXAMPLES = 50;

const namesIn = ({ reasons }: Verdict): readonly string[] => reasons.map(({ rule }) => rule);

const changed = ({ terms, facts, verdict }: PastCase, rules: VerificationLimits): Changed => {
  const now = verify(terms, facts, rules);
  return {
    orderId: terms.orderId,
    from: verdict.decision,
    to: now.decision,
    scoreBefore: verdict.score,
    scoreNow: now.score,
    currency: terms.currency,
    total: terms.total,
    rulesBefore: namesIn(verdict),
    rulesNow: namesIn(now),
  };
};

const moneyOf = (cases: readonly Changed[]): readonly Money[] => {
  const sums = new Map<string, number>();
  for (const { currency, total } of cases) sums.set(currency, (sums.get(currency) ?? 0) + total);
  return [...sums].map(([currency, amount]) => ({ currency, amount })).toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
};

/** What other rules would have said to past orders, on what was known of each when it was judged. Sums up batch by batch. */
export class Trial {
  private readonly shifted = new Map<string, Changed[]>();
  private orders = 0;

  constructor(private readonly rules: VerificationLimits) {}

  add(cases: readonly PastCase[]): void {
    this.orders += cases.length;
    for (const each of cases.map((past) => changed(past, this.rules)).filter(({ from, to }) => from !== to)) {
      const key = `${each.from} ${each.to}`;
      const alike = this.shifted.get(key);
      if (alike) alike.push(each);
      else this.shifted.set(key, [each]);
    }
  }

  result(): BackTest {
    const groups = [...this.shifted.values()];
    const shifts = groups.flatMap((cases) => {
      const [first] = cases;
      return first ? [{ from: first.from, to: first.to, orders: cases.length, money: moneyOf(cases) }] : [];
    });
    const otherwise = groups.flat();
    return { orders: this.orders, unchanged: this.orders - otherwise.length, shifts, examples: otherwise.slice(0, EXAMPLES) };
  }
}
