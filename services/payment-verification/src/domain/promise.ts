import type { Verdict } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { isPromised, type Authorizing, type Payment } from './payment';
import { requireKnown } from './require';
import { asksProvider, isCod, moverOf, type Terms } from './terms';
import { verify } from './verification';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

const moneyOf = ({ orderId, currency, total }: Terms) => ({ orderId, currency, amount: total });

const authorized = (terms: Terms, verdict: Verdict, by: { readonly authorizationId: string; readonly now: string }): PaymentEvent => ({
  type: 'PaymentAuthorized',
  data: {
    ...moneyOf(terms),
    method: terms.method,
    provider: moverOf(terms),
    authorizationId: by.authorizationId,
    verdict,
    authorizedAt: by.now,
  },
});

const authorizationRequested = (terms: Terms, now: string): PaymentEvent => ({
  type: 'AuthorizationRequested',
  data: {
    ...moneyOf(terms),
    method: terms.method,
    provider: terms.provider,
    ...(terms.token === undefined ? {} : { token: terms.token }),
    requestedAt: now,
  },
});

/** Verification has nothing against it: the carrier will collect, a provider is asked, or nobody needs to be. */
const accept = (terms: Terms, verdict: Verdict, now: string): PaymentEvent => {
  if (isCod(terms)) return { type: 'CodAccepted', data: { ...moneyOf(terms), verdict, acceptedAt: now } };
  return asksProvider(terms) ? authorizationRequested(terms, now) : authorized(terms, verdict, { authorizationId: terms.orderId, now });
};

const declined = (
  terms: Terms,
  verdict: Verdict,
  { by, reason, now }: { readonly by: 'provider' | 'verification'; readonly reason: string; readonly now: string },
): PaymentEvent => ({
  type: 'PaymentDeclined',
  data: { ...moneyOf(terms), method: terms.method, by, reason, verdict, declinedAt: now },
});

/** The rule that weighs most names the refusal. */
const strongestRule = ({ reasons }: Verdict): string => {
  const [first] = [...reasons].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  return first?.rule ?? 'verification';
};

type ByVerdict = (terms: Terms, verdict: Verdict, now: string) => PaymentEvent;

const followUps: { readonly [Decision in Verdict['decision']]: ByVerdict } = {
  accept,
  review: (terms, verdict, now) => ({ type: 'ReviewRequired', data: { ...moneyOf(terms), verdict, requiredAt: now } }),
  reject: (terms, verdict, now) => declined(terms, verdict, { by: 'verification', reason: strongestRule(verdict), now }),
};

export const verifyPayment = ({ terms, facts, limits, now }: Command<'VerifyPayment'>, payment: Payment): readonly PaymentEvent[] => {
  if (payment.status !== 'none') return [];
  const verdict = verify(terms, facts, limits);
  return [
    { type: 'PaymentRequested', data: { ...terms, requestedAt: now } },
    { type: 'OrderVerified', data: { orderId: terms.orderId, verdict, facts, verifiedAt: now } },
    followUps[verdict.decision](terms, verdict, now),
  ];
};

/** The verdict as it stands after a person has looked. The note stays private. */
const reviewed = (verdict: Verdict, decision: 'accept' | 'reject'): Verdict => ({
  ...verdict,
  decision,
  reasons: [...verdict.reasons, { rule: 'operator-review', detail: `An operator decided: ${decision}.` }],
});

const notUnderReview = (orderId: string, status: string): Refused =>
  new Refused('NOT_UNDER_REVIEW', `The payment of order ${orderId} is ${status}; there is nothing to review.`);

/** Says who looks into it; it may be handed on. */
export const assignReview = ({ orderId, assignee, now }: Command<'AssignReview'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (known.status !== 'under-review') throw notUnderReview(orderId, known.status);
  return known.assignee === assignee ? [] : [{ type: 'ReviewAssigned', data: { orderId, assignee, assignedAt: now } }];
};

export const decideReview = ({ orderId, decision, note, now }: Command<'DecideReview'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if ('review' in known && known.review?.decision === decision) return [];
  if (known.status !== 'under-review') throw notUnderReview(orderId, known.status);
  const verdict = reviewed(known.verdict, decision);
  const { terms } = known;
  return [
    { type: 'ReviewDecided', data: { orderId, decision, note, decidedAt: now } },
    decision === 'accept' ? accept(terms, verdict, now) : declined(terms, verdict, { by: 'verification', reason: 'operator-review', now }),
  ];
};

/** The order ended while the provider was being asked: what it promised is given back at once. */
const giveBack = ({ terms, abandoned }: Authorizing, now: string): readonly PaymentEvent[] =>
  abandoned === undefined
    ? []
    : [{ type: 'VoidRequested', data: { ...moneyOf(terms), provider: terms.provider, reason: abandoned, requestedAt: now } }];

export const recordAuthorization = (
  { orderId, answer, now }: Command<'RecordAuthorization'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (isPromised(known) || known.status === 'declined') return [];
  if (known.status !== 'authorizing')
    throw new Refused('NOT_AUTHORIZING', `The payment of order ${orderId} is ${known.status}; no provider was asked.`);
  const { terms, review } = known;
  const verdict = review ? reviewed(known.verdict, review.decision) : known.verdict;
  return answer.status === 'approved'
    ? [authorized(terms, verdict, { authorizationId: answer.reference, now }), ...giveBack(known, now)]
    : [declined(terms, verdict, { by: 'provider', reason: answer.reason, now })];
};
