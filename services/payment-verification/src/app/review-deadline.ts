import type { Deadline, Meta } from '@cartage/eventsourcing';
import { paymentStream } from '../domain/decider';
import type { Payments } from './payments';

const NAME = 'ReviewOverdue';

/** Until when a person has to have decided. */
export const reviewDeadline = (orderId: string, dueAt: string, correlationId: string): Deadline => ({
  id: `payment-${orderId}-review`,
  stream: paymentStream(orderId),
  name: NAME,
  dueAt,
  data: { orderId },
  correlationId,
});

/** Tells of a review that is overdue; of other deadlines it knows nothing. */
export const reviewOverdue = async (payments: Payments, { name, data }: Deadline, meta: Meta): Promise<void> => {
  if (name !== NAME) return;
  const { orderId } = data as { readonly orderId: string };
  await payments.escalateReview(orderId, meta);
};
