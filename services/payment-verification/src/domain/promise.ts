import type { Reason, Verdict } from '@cartage/contracts';
import { derivedId, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { AuthorizationRequest, PaymentEvent } from './events';
import { due, latestOf, requireKnown, tendersOf, type Known, type Payment } from './payment';
import { leavesAnotherWay } from './rules';
import { inCaptureOrder } from './tenders';
import { asksProvider, isCod, isProvider, moneyOf, moverOf, NOBODY, type PaymentTerms, type Terms } from './terms';
import { verify } from './verification';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** Whose decision follows, and the id of the first try that it may lead to. */
export interface Judged {
  readonly terms: Terms;
  readonly verdict: Verdict;
  /** The ways of paying that are decided about, each with what it is to promise. */
  readonly tenders: readonly PaymentTerms[];
  readonly newId: string;
  readonly now: string;
  /** When a person has to have decided, should one be asked. */
  readonly decideBy?: string;
  /** The edit that it is about, where it is about what that added only. */
  readonly orderVersion?: number;
}

const ofEdit = ({ orderVersion }: Pick<Judged, 'orderVersion'>) => (orderVersion === undefined ? {} : { orderVersion });

/** What each way of paying is to promise of what is due, in the order in which they are taken; the last one bears what an edit added. */
export const allotted = (tenders: readonly PaymentTerms[], amount: number): readonly PaymentTerms[] => {
  let left = amount;
  const ordered = inCaptureOrder(tenders.map((tender) => ({ ...tender, mover: moverOf(tender) })));
  const parts = ordered.map(({ mover: _, ...tender }): PaymentTerms => {
    const part = Math.min(left, tender.amount);
    left -= part;
    return { ...tender, amount: part };
  });
  return parts.map((tender, i) => (i === parts.length - 1 ? { ...tender, amount: tender.amount + left } : tender));
};

const requestsOf = ({ terms, tenders, newId }: Judged): readonly AuthorizationRequest[] =>
  tenders.flatMap((tender, i) =>
    asksProvider(tender)
      ? [
          {
            ...{ paymentId: tender.paymentId, authorizationId: derivedId(newId, i), provider: tender.provider },
            ...{ currency: terms.currency, amount: tender.amount },
          },
        ]
      : [],
  );

interface Promise_ {
  readonly authorizationId: string;
  readonly amount: number;
  readonly provider: string;
  readonly reference?: string;
  readonly expiresAt?: string;
}

/** What a promise of money is told with. */
export const authorized = (
  { terms, verdict, now }: Pick<Judged, 'terms' | 'verdict' | 'now'>,
  { paymentId, method }: Pick<PaymentTerms, 'paymentId' | 'method'>,
  { authorizationId, amount, provider, reference, expiresAt }: Promise_,
): PaymentEvent => ({
  type: 'PaymentAuthorized',
  data: {
    ...moneyOf(terms, paymentId, amount),
    ...{ authorizationId, method, provider, verdict },
    ...(terms.capture === 'hand' ? { capture: terms.capture } : {}),
    ...(reference === undefined ? {} : { reference }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    authorizedAt: now,
  },
});

/** The carrier will collect. */
const codAccepted = (
  { terms, verdict, now }: Pick<Judged, 'terms' | 'verdict' | 'now'>,
  { paymentId, amount }: Pick<PaymentTerms, 'paymentId' | 'amount'>,
  authorizationId: string,
): PaymentEvent => ({ type: 'CodAccepted', data: { ...moneyOf(terms, paymentId, amount), authorizationId, verdict, acceptedAt: now } });

/** Nothing speaks against it: the carrier will collect, or nobody needs to be asked. Providers that have to be asked have been asked above. */
export const accepted = (judged: Judged): readonly PaymentEvent[] =>
  judged.tenders.flatMap((tender, i): readonly PaymentEvent[] => {
    const { newId } = judged;
    const { amount } = tender;
    if (isCod(tender)) return [codAccepted(judged, tender, derivedId(newId, i))];
    if (asksProvider(tender)) return [];
    return [authorized(judged, tender, { authorizationId: derivedId(newId, i), amount, provider: moverOf(tender) })];
  });

/** Each way that it was to be paid is declined: no money will come. */
export const declined = (judged: Judged, reason: Reason, retryable: boolean): readonly PaymentEvent[] =>
  judged.tenders.map(({ paymentId, method, amount }) => ({
    type: 'PaymentDeclined',
    data: {
      ...{ ...moneyOf(judged.terms, paymentId, amount), method, retryable, reason, verdict: judged.verdict },
      ...ofEdit(judged),
      declinedAt: judged.now,
    },
  }));

/** The rule that weighs most names the refusal. */
export const rejected = (judged: Judged): readonly PaymentEvent[] => {
  const [strongest] = judged.verdict.reasons.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  const { rule, detail } = strongest ?? { rule: 'verification', detail: '' };
  return declined(judged, { code: rule, detail, by: 'policy' }, leavesAnotherWay(rule));
};

/** Of an edit only what it added waits. */
export const reviewRequired = ({ terms, tenders, verdict, now, decideBy, ...about }: Judged): readonly PaymentEvent[] =>
  tenders.slice(0, 1).map(({ paymentId, amount }) => ({
    type: 'ReviewRequired',
    data: {
      ...{ ...moneyOf(terms, paymentId, about.orderVersion === undefined ? terms.total : amount), verdict },
      ...(decideBy === undefined ? {} : { decideBy }),
      ...ofEdit(about),
      requiredAt: now,
    },
  }));

const followUps: { readonly [Decision in Verdict['decision']]: (judged: Judged) => readonly PaymentEvent[] } = {
  accept: accepted,
  review: reviewRequired,
  reject: rejected,
};

export const authorizationsOf = (judged: Judged): readonly AuthorizationRequest[] =>
  judged.verdict.decision === 'accept' ? requestsOf(judged) : [];

export const minutesAfter = (time: string, minutes: number): string => new Date(Date.parse(time) + minutes * 60_000).toISOString();

export const verifyPayment = (
  { terms, facts, limits, newId, now }: Command<'VerifyPayment'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  if (payment.phase !== 'none') return [];
  const verdict = verify(terms, facts, limits);
  const decideBy = minutesAfter(now, limits.reviewWithinMinutes);
  const judged = { terms, verdict, tenders: allotted(terms.payments, terms.total), newId, now, decideBy };
  return [
    { type: 'PaymentRequested', data: { ...terms, facts, verdict, authorizations: authorizationsOf(judged), requestedAt: now } },
    ...followUps[verdict.decision](judged),
  ];
};

/** The verdict as it stands after a person has looked. The note stays private. */
export const reviewed = (verdict: Verdict, decision: 'accept' | 'reject'): Verdict => ({
  ...verdict,
  decision,
  reasons: [...verdict.reasons, { rule: 'operator-review', detail: `An operator decided: ${decision}.` }],
});

/** How it stands, a person's decision in it. */
export const verdictOf = ({ verdict, review }: Pick<Known, 'verdict' | 'review'>): Verdict =>
  review && verdict.decision === 'review' ? reviewed(verdict, review.decision) : verdict;

/** Other ways to pay, in place of those that were declined or for what became due since: judged as the first ones were. */
export const addPayments = (command: Command<'AddPayments'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, payments, replaces, limits, newId, now } = command;
  const known = requireKnown(orderId, payment);
  const ids = new Set(known.terms.payments.map(({ paymentId }) => paymentId));
  const fresh = payments.filter(({ paymentId }) => !ids.has(paymentId));
  if (fresh.length === 0 || known.phase === 'abandoned') return [];
  const standing = tendersOf(known).filter(({ paymentId }) => !replaces.includes(paymentId));
  const terms = { ...known.terms, payments: [...standing, ...fresh], total: due(known) };
  const verdict = verify(terms, known.facts, limits);
  const decideBy = minutesAfter(now, limits.reviewWithinMinutes);
  const judged: Judged = { terms, verdict, tenders: fresh, newId, now, decideBy };
  return [
    {
      type: 'PaymentsAdded',
      data: { orderId, payments: fresh, replaces, verdict, authorizations: authorizationsOf(judged), addedAt: now },
    },
    ...followUps[verdict.decision](judged),
  ];
};

/** The way of paying that bears what is to be promised beyond what was: one that can be asked again and did not say no. */
export const bearerOf = (known: Known): PaymentTerms | undefined => {
  const open = tendersOf(known).filter((tender) => latestOf(known, tender)?.status !== 'declined');
  return inCaptureOrder(open.map((tender) => ({ ...tender, mover: moverOf(tender) }))).at(-1);
};

interface More {
  readonly amount: number;
  /** It is for a capture that waits for it. */
  readonly captureId?: string;
  /** It is for what an edit added. */
  readonly orderVersion?: number;
}

/** Gets more money promised, for an edit or because a promise ended. */
export const promiseMore = (
  known: Known,
  { amount, ...why }: More,
  { newId, now }: { readonly newId: string; readonly now: string },
): readonly PaymentEvent[] => {
  const tender = bearerOf(known);
  if (!tender || amount <= 0) return [];
  const { terms } = known;
  const verdict = verdictOf(known);
  const provider = tender.method === 'prepaid' ? moverOf(tender) : tender.provider;
  if (isCod(tender)) return [codAccepted({ terms, verdict, now }, { ...tender, amount }, newId)];
  if (!isProvider(provider) || provider === NOBODY)
    return [authorized({ terms, verdict, now }, tender, { authorizationId: newId, amount, provider })];
  const asked = { ...moneyOf(terms, tender.paymentId, amount), authorizationId: newId, provider };
  return [{ type: 'AuthorizationRequested', data: { ...asked, ...why, requestedAt: now } }];
};
