import type { DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { requireKnown, tendersOf, type Payment } from './payment';
import { moneyOf } from './terms';

/** Nobody has decided in time. It is said once; the payment goes on waiting for a person. */
export const escalateReview = ({ orderId, now }: DataOf<PaymentCommand, 'EscalateReview'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (known.phase !== 'under-review' || !known.waiting || known.waiting.escalatedAt !== undefined) return [];
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
