import type { Reason, Verdict } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import { derivedId } from './derived-id';
import type { AuthorizationRequest, PaymentEvent } from './events';
import { due, latestOf, requireKnown, statusOf, tendersOf, type Known, type Payment } from './payment';
import { leavesAnotherWay } from './rules';
import { inCaptureOrder } from './tenders';
import { asksProvider, isCod, isProvider, moneyOf, moverOf, NOBODY, type PaymentTerms, type Terms } from './terms';
import { verify } from './verification';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** Whose decision follows, and the id of the first try that it may lead to. */
interface Judged {
  readonly terms: Terms;
  readonly verdict: Verdict;
  /** The ways of paying that are decided about, each with what it is to promise. */
  readonly tenders: readonly PaymentTerms[];
  readonly newId: string;
  readonly now: string;
  /** When a person has to have decided, should one be asked. */
  readonly decideBy?: string;
}

/** What each way of paying is to promise of what is due, in the order in which they are taken; the last one bears what an edit added. */
const allotted = (tenders: readonly PaymentTerms[], amount: number): readonly PaymentTerms[] => {
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
    ...(reference === undefined ? {} : { reference }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    authorizedAt: now,
  },
});

/** Nothing speaks against it: the carrier will collect, or nobody needs to be asked. Providers that have to be asked have been asked above. */
const accepted = (judged: Judged): readonly PaymentEvent[] =>
  judged.tenders.flatMap((tender, i): readonly PaymentEvent[] => {
    const { terms, verdict, newId, now } = judged;
    const { paymentId, amount } = tender;
    if (isCod(tender)) return [{ type: 'CodAccepted', data: { ...moneyOf(terms, paymentId, amount), verdict, acceptedAt: now } }];
    if (asksProvider(tender)) return [];
    return [authorized(judged, tender, { authorizationId: derivedId(newId, i), amount, provider: moverOf(tender) })];
  });

/** Each way that it was to be paid is declined: no money will come. */
const declined = ({ terms, tenders, verdict, now }: Judged, reason: Reason, retryable: boolean): readonly PaymentEvent[] =>
  tenders.map(({ paymentId, method, amount }) => ({
    type: 'PaymentDeclined',
    data: { ...moneyOf(terms, paymentId, amount), method, retryable, reason, verdict, declinedAt: now },
  }));

/** The rule that weighs most names the refusal. */
const rejected = (judged: Judged): readonly PaymentEvent[] => {
  const [strongest] = judged.verdict.reasons.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  const { rule, detail } = strongest ?? { rule: 'verification', detail: '' };
  return declined(judged, { code: rule, detail, by: 'policy' }, leavesAnotherWay(rule));
};

const reviewRequired = ({ terms, tenders, verdict, now, decideBy }: Judged): readonly PaymentEvent[] =>
  tenders.slice(0, 1).map(({ paymentId }) => ({
    type: 'ReviewRequired',
    data: { ...moneyOf(terms, paymentId, terms.total), verdict, ...(decideBy === undefined ? {} : { decideBy }), requiredAt: now },
  }));

const followUps: { readonly [Decision in Verdict['decision']]: (judged: Judged) => readonly PaymentEvent[] } = {
  accept: accepted,
  review: reviewRequired,
  reject: rejected,
};

const authorizationsOf = (judged: Judged): readonly AuthorizationRequest[] =>
  judged.verdict.decision === 'accept' ? requestsOf(judged) : [];

const minutesAfter = (time: string, minutes: number): string => new Date(Date.parse(time) + minutes * 60_000).toISOString();

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
const reviewed = (verdict: Verdict, decision: 'accept' | 'reject'): Verdict => ({
  ...verdict,
  decision,
  reasons: [...verdict.reasons, { rule: 'operator-review', detail: `An operator decided: ${decision}.` }],
});

/** How it stands, a person's decision in it. */
export const verdictOf = ({ verdict, review }: Pick<Known, 'verdict' | 'review'>): Verdict =>
  review && verdict.decision === 'review' ? reviewed(verdict, review.decision) : verdict;

const notUnderReview = (orderId: string, known: Known): Refused =>
  new Refused('NOT_UNDER_REVIEW', `The payment of order ${orderId} is ${statusOf(known)}; there is nothing to review.`);

/** Says who looks into it; it may be handed on. */
export const assignReview = ({ orderId, assignee, now }: Command<'AssignReview'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (known.phase !== 'under-review') throw notUnderReview(orderId, known);
  return known.waiting?.assignee === assignee ? [] : [{ type: 'ReviewAssigned', data: { orderId, assignee, assignedAt: now } }];
};

/** Ways of paying about which nothing was decided yet. */
const undecided = (known: Known): readonly PaymentTerms[] =>
  allotted(
    tendersOf(known).filter((tender) => latestOf(known, tender) === undefined),
    due(known) - tendersOf(known).reduce((sum, tender) => sum + (latestOf(known, tender)?.amount ?? 0), 0),
  );

export const decideReview = (command: Command<'DecideReview'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, decision, note, by, newId, now } = command;
  const known = requireKnown(orderId, payment);
  if (known.review?.decision === decision) return [];
  if (known.phase !== 'under-review') throw notUnderReview(orderId, known);
  const verdict = reviewed(known.verdict, decision);
  const judged: Judged = { terms: known.terms, verdict, tenders: undecided(known), newId, now };
  const reason: Reason = { code: 'operator-review', by: 'operator', actor: by };
  return [
    { type: 'ReviewDecided', data: { orderId, decision, note, by, authorizations: authorizationsOf(judged), decidedAt: now } },
    ...(decision === 'accept' ? accepted(judged) : declined(judged, reason, false)),
  ];
};

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
const bearerOf = (known: Known): PaymentTerms | undefined => {
  const open = tendersOf(known).filter((tender) => latestOf(known, tender)?.status !== 'declined');
  return inCaptureOrder(open.map((tender) => ({ ...tender, mover: moverOf(tender) }))).at(-1);
};

/** Gets more money promised, for an edit or because a promise ended; `captureId`: for a capture that waits for it. */
export const promiseMore = (
  known: Known,
  { amount, captureId }: { readonly amount: number; readonly captureId?: string },
  { newId, now }: { readonly newId: string; readonly now: string },
): readonly PaymentEvent[] => {
  const tender = bearerOf(known);
  if (!tender || amount <= 0) return [];
  const { terms } = known;
  const verdict = verdictOf(known);
  const provider = tender.method === 'prepaid' ? moverOf(tender) : tender.provider;
  if (isCod(tender)) return [{ type: 'CodAccepted', data: { ...moneyOf(terms, tender.paymentId, amount), verdict, acceptedAt: now } }];
  if (!isProvider(provider) || provider === NOBODY)
    return [authorized({ terms, verdict, now }, tender, { authorizationId: newId, amount, provider })];
  return [
    {
      type: 'AuthorizationRequested',
      data: {
        ...{ ...moneyOf(terms, tender.paymentId, amount), authorizationId: newId, provider },
        ...(captureId === undefined ? {} : { captureId }),
        requestedAt: now,
      },
    },
  ];
};
