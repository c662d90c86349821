import type { Reason } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { due, isUnderReview, latestOf, requireKnown, statusOf, tendersOf, type Known, type Payment } from './payment';
import { accepted, allotted, authorizationsOf, declined, reviewed, type Judged } from './promise';
import { acceptRaise, declineRaise } from './raise';
import { moneyOf, type PaymentTerms } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

const notUnderReview = (orderId: string, known: Known): Refused =>
  new Refused('NOT_UNDER_REVIEW', `The payment of order ${orderId} is ${statusOf(known)}; there is nothing to review.`);

/** Says who looks into it; it may be handed on. */
export const assignReview = ({ orderId, assignee, now }: Command<'AssignReview'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (!isUnderReview(known)) throw notUnderReview(orderId, known);
  return known.waiting?.assignee === assignee ? [] : [{ type: 'ReviewAssigned', data: { orderId, assignee, assignedAt: now } }];
};

/** Ways of paying about which nothing was decided yet. */
export const undecided = (known: Known): readonly PaymentTerms[] =>
  allotted(
    tendersOf(known).filter((tender) => latestOf(known, tender) === undefined),
    due(known) - tendersOf(known).reduce((sum, tender) => sum + (latestOf(known, tender)?.amount ?? 0), 0),
  );

const decided = ({ orderId, decision, note, by, now }: Command<'DecideReview'>, judged?: Judged): PaymentEvent => ({
  type: 'ReviewDecided',
  data: { orderId, decision, note, by, authorizations: judged ? authorizationsOf(judged) : [], decidedAt: now },
});

export const decideReview = (command: Command<'DecideReview'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, decision, by, newId, now } = command;
  const known = requireKnown(orderId, payment);
  if (!isUnderReview(known)) {
    if (known.lastDecision === decision) return [];
    throw notUnderReview(orderId, known);
  }
  const reason: Reason = { code: 'operator-review', by: 'operator', actor: by };
  if (known.raise) {
    const follows = decision === 'accept' ? acceptRaise(known, command) : declineRaise(known, { ...command, reason });
    return [decided(command), ...follows];
  }
  const judged: Judged = { terms: known.terms, verdict: reviewed(known.verdict, decision), tenders: undecided(known), newId, now };
  return [decided(command, judged), ...(decision === 'accept' ? accepted(judged) : declined(judged, reason, false))];
};

/** Nobody has decided in time. It is said once; the payment goes on waiting for a person. */
export const escalateReview = ({ orderId, now }: Command<'EscalateReview'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (!isUnderReview(known) || !known.waiting || known.waiting.escalatedAt !== undefined) return [];
  const { terms } = known;
  const { assignee, requiredAt } = known.waiting;
  const paymentId = tendersOf(known)[0]?.paymentId ?? '';
  return [
    {
      type: 'ReviewEscalated',
      data: { ...moneyOf(terms, paymentId, terms.total), ...(assignee === undefined ? {} : { assignee }), requiredAt, escalatedAt: now },
    },
  ];
};
