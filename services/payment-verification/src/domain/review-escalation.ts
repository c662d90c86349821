import type { DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { requireKnown, type Payment } from './payment';
import { moneyOf } from './terms';

/** Nobody has decided in time. It is said once; the payment goes on waiting for a person. */
export const escalateReview = ({ orderId, now }: DataOf<PaymentCommand, 'EscalateReview'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (known.status !== 'under-review' || known.escalatedAt !== undefined) return [];
  const { terms, assignee, requiredAt } = known;
  return [
    {
      type: 'ReviewEscalated',
      data: { ...moneyOf(terms, terms.total), ...(assignee === undefined ? {} : { assignee }), requiredAt, escalatedAt: now },
    },
  ];
};
