import type { Reason, Verdict } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { AuthorizationRequest, PaymentEvent } from './events';
import { isPromised, requireKnown, type Authorizing, type Payment } from './payment';
import { leavesAnotherWay } from './rules';
import { asksProvider, isCod, moneyOf, moverOf, type Terms } from './terms';
import { verify } from './verification';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** Whose decision follows, and the id of the try that it may lead to. */
interface Judged {
  readonly terms: Terms;
  readonly verdict: Verdict;
  readonly authorizationId: string;
  readonly now: string;
  /** When a person has to have decided, should one be asked. */
  readonly decideBy?: string;
}

const asked = ({ terms, authorizationId }: Judged): readonly AuthorizationRequest[] => {
  const { paymentId, provider, amount } = terms.payments[0];
  return asksProvider(terms) ? [{ paymentId, authorizationId, provider, currency: terms.currency, amount }] : [];
};

const authorized = (
  { terms, verdict, authorizationId, now }: Judged,
  said: { readonly reference?: string; readonly expiresAt?: string } = {},
): PaymentEvent => ({
  type: 'PaymentAuthorized',
  data: {
    ...moneyOf(terms, terms.payments[0].amount),
    authorizationId,
    method: terms.payments[0].method,
    provider: moverOf(terms),
    verdict,
    ...(said.reference === undefined ? {} : { reference: said.reference }),
    ...(said.expiresAt === undefined ? {} : { expiresAt: said.expiresAt }),
    authorizedAt: now,
  },
});

/** Nothing speaks against it: the carrier will collect, or nobody needs to be asked. A provider that has to be asked has been asked above. */
const accepted = (judged: Judged): readonly PaymentEvent[] => {
  const { terms, verdict, now } = judged;
  if (isCod(terms)) return [{ type: 'CodAccepted', data: { ...moneyOf(terms, terms.payments[0].amount), verdict, acceptedAt: now } }];
  return asksProvider(terms) ? [] : [authorized(judged)];
};

/** Each way that it was to be paid is declined: no money will come. */
const declined = ({ terms, verdict, now }: Omit<Judged, 'authorizationId'>, reason: Reason, retryable: boolean): readonly PaymentEvent[] =>
  terms.payments.map(({ paymentId, method, amount }) => ({
    type: 'PaymentDeclined',
    data: { orderId: terms.orderId, paymentId, currency: terms.currency, amount, method, retryable, reason, verdict, declinedAt: now },
  }));

/** The rule that weighs most names the refusal. */
const rejected = (judged: Judged): readonly PaymentEvent[] => {
  const [strongest] = judged.verdict.reasons.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  const { rule, detail } = strongest ?? { rule: 'verification', detail: '' };
  return declined(judged, { code: rule, detail, by: 'policy' }, leavesAnotherWay(rule));
};

const followUps: { readonly [Decision in Verdict['decision']]: (judged: Judged) => readonly PaymentEvent[] } = {
  accept: accepted,
  review: ({ terms, verdict, now, decideBy }) => [
    {
      type: 'ReviewRequired',
      data: { ...moneyOf(terms, terms.total), verdict, ...(decideBy === undefined ? {} : { decideBy }), requiredAt: now },
    },
  ],
  reject: rejected,
};

const minutesAfter = (time: string, minutes: number): string => new Date(Date.parse(time) + minutes * 60_000).toISOString();

export const verifyPayment = (
  { terms, facts, limits, authorizationId, now }: Command<'VerifyPayment'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  if (payment.status !== 'none') return [];
  const verdict = verify(terms, facts, limits);
  const judged = { terms, verdict, authorizationId, now, decideBy: minutesAfter(now, limits.reviewWithinMinutes) };
  const authorizations = verdict.decision === 'accept' ? asked(judged) : [];
  return [
    { type: 'PaymentRequested', data: { ...terms, facts, verdict, authorizations, requestedAt: now } },
    ...followUps[verdict.decision](judged),
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

export const decideReview = (command: Command<'DecideReview'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, decision, note, by, authorizationId, now } = command;
  const known = requireKnown(orderId, payment);
  if (known.review?.decision === decision) return [];
  if (known.status !== 'under-review') throw notUnderReview(orderId, known.status);
  const judged = { terms: known.terms, verdict: reviewed(known.verdict, decision), authorizationId, now };
  const accepts = decision === 'accept';
  const reason: Reason = { code: 'operator-review', by: 'operator', actor: by };
  return [
    { type: 'ReviewDecided', data: { orderId, decision, note, by, authorizations: accepts ? asked(judged) : [], decidedAt: now } },
    ...(accepts ? accepted(judged) : declined(judged, reason, false)),
  ];
};

/** The order ended while the provider was being asked: what it promised is given back at once. */
const giveBack = ({ terms, abandoned }: Authorizing, voidId: string, now: string): readonly PaymentEvent[] => {
  if (abandoned === undefined) return [];
  const { amount, provider } = terms.payments[0];
  return [{ type: 'VoidRequested', data: { ...moneyOf(terms, amount), voidId, provider, reason: abandoned, requestedAt: now } }];
};

export const recordAuthorization = (command: Command<'RecordAuthorization'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, authorizationId, voidId, answer, now } = command;
  const known = requireKnown(orderId, payment);
  if (isPromised(known) || known.status === 'declined') return [];
  if (known.status !== 'authorizing' || known.authorizationId !== authorizationId)
    throw new Refused('NOT_AUTHORIZING', `Authorisation ${authorizationId} of order ${orderId} was not asked for.`);
  const verdict = known.review ? reviewed(known.verdict, known.review.decision) : known.verdict;
  const judged = { terms: known.terms, verdict, authorizationId, now };
  return answer.status === 'approved'
    ? [authorized(judged, answer), ...giveBack(known, voidId, now)]
    : declined(judged, { code: answer.reason, by: 'provider' }, true);
};
