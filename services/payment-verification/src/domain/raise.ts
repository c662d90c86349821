import type { Reason, Verdict } from '@cartage/contracts';
import type { PaymentEvent } from './events';
import { unpromised } from './ledger';
import { due, tendersOf, type Known } from './payment';
import { bearerOf, declined, minutesAfter, promiseMore, rejected, reviewed, reviewRequired, type Judged } from './promise';
import type { PaymentTerms, Terms } from './terms';
import { verify, type CustomerFacts, type VerificationLimits } from './verification';

/* What an edit adds to the price of an order is judged like an order of that price; only the difference waits for it, or is declined. */

/** The order as it is to be from now on. */
export interface Dearer extends Pick<CustomerFacts, 'risk' | 'learned'> {
  readonly orderVersion: number;
  readonly terms: Terms;
  /** What it then costs, cancelled units taken off. */
  readonly due: number;
  readonly limits: VerificationLimits;
  readonly newId: string;
  readonly now: string;
}

type At = Pick<Dearer, 'newId' | 'now'>;

/** As it would be paid: the bearer pays what the others do not. */
const paidBy = (tenders: readonly PaymentTerms[], bearer: PaymentTerms, amount: number): readonly PaymentTerms[] => {
  let left = amount;
  const others = tenders
    .filter(({ paymentId }) => paymentId !== bearer.paymentId)
    .map((tender) => {
      const part = Math.min(left, tender.amount);
      left -= part;
      return { ...tender, amount: part };
    });
  return [...others, { ...bearer, amount: left }];
};

/** A person who accepted an order stands for more of it, as far as the rules say, unless a rule speaks that was silent then. */
const isCovered = ({ review }: Known, { reasons }: Verdict, { due: amount, limits: { reviewAgainPercent } }: Dearer): boolean =>
  review?.decision === 'accept' &&
  amount - review.total <= (review.total / 100) * reviewAgainPercent &&
  reasons.every(({ rule }) => review.rules.includes(rule));

/** How the order is judged at its new price; nothing where nobody would be asked for more. */
export const judgedAnew = (known: Known, dearer: Dearer): Verdict | undefined => {
  const bearer = bearerOf(known);
  if (!bearer) return undefined;
  const terms = { ...dearer.terms, total: dearer.due, payments: paidBy(tendersOf(known), bearer, dearer.due) };
  const { risk, learned } = dearer;
  const facts = { ...known.facts, ...(risk ? { risk } : {}), ...(learned ? { learned } : {}) };
  const verdict = verify(terms, facts, dearer.limits);
  return verdict.decision === 'review' && isCovered(known, verdict, dearer) ? reviewed(verdict, 'accept') : verdict;
};

/** What of the order is decided about: the difference, and whoever would bear it. */
const differenceOf = (
  known: Known,
  { verdict, amount }: { verdict: Verdict; amount: number },
  at: At & Pick<Judged, 'orderVersion'>,
): Judged => {
  const bearer = bearerOf(known);
  return { ...at, terms: known.terms, verdict, tenders: bearer ? [{ ...bearer, amount }] : [] };
};

/** What follows for the difference from how the order was judged. */
export const raised = (known: Known, verdict: Verdict, dearer: Dearer): readonly PaymentEvent[] => {
  const { orderVersion, limits, newId, now } = dearer;
  const amount = unpromised(known.ledger, dearer.due);
  const judged = differenceOf(known, { verdict, amount }, { newId, now, orderVersion });
  switch (verdict.decision) {
    case 'accept':
      return promiseMore({ ...known, verdict }, { amount, orderVersion }, dearer);
    case 'review':
      return reviewRequired({ ...judged, decideBy: minutesAfter(now, limits.reviewWithinMinutes) });
    case 'reject':
      return rejected(judged);
  }
};

const ofRaise = (known: Known): { readonly verdict: Verdict; readonly amount: number; readonly orderVersion: number } => {
  const { verdict, orderVersion } = known.raise ?? { verdict: known.verdict, orderVersion: known.orderVersion };
  return { verdict, orderVersion, amount: unpromised(known.ledger, due(known)) };
};

/** A person lets it pass: it is asked for. */
export const acceptRaise = (known: Known, at: At): readonly PaymentEvent[] => {
  const { verdict, amount, orderVersion } = ofRaise(known);
  return promiseMore({ ...known, verdict: reviewed(verdict, 'accept') }, { amount, orderVersion }, at);
};

/** A person does not: what was promised before stands. */
export const declineRaise = (known: Known, { newId, now, reason }: At & { readonly reason: Reason }): readonly PaymentEvent[] => {
  const { verdict, amount, orderVersion } = ofRaise(known);
  return declined(differenceOf(known, { verdict: reviewed(verdict, 'reject'), amount }, { newId, now, orderVersion }), reason, false);
};
