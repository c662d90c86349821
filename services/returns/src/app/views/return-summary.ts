import { patch, put, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';

/** Which returns are there, and how far is each? One row for each RMA. */
export const returnSummary: View<ReturnEvent> = {
  name: 'return_summary',
  about: 'Which returns are there, and how far is each? One row for each return authorisation (RMA).',
  revision: 1,
  key: ['return_id'],
  columns: {
    return_id: { type: 'uuid not null', about: 'The RMA.' },
    order_id: { type: 'uuid not null', about: 'The order that it belongs to.' },
    status: { type: 'text not null', about: 'requested, awaiting-review, authorized, declined, received, refund-failed or closed.' },
    reason: { type: 'text', about: 'Why it was declined, is under review, or could not be refunded.' },
    policy: { type: 'text', about: 'Version of the return policy that it was judged by.' },
    units: { type: 'bigint not null', about: 'Units that the customer asked to send back.' },
    location: { type: 'text', about: 'Code of the location where it came in last.' },
    requested_at: { type: 'timestamptz not null', about: 'When the customer asked.' },
    closed_at: { type: 'timestamptz', about: 'When everything was graded and refunded.' },
    refunded: { type: 'bigint', about: 'Refunded in all, minor units; known once closed.' },
    currency: { type: 'text', about: 'ISO 4217 code of refunded.' },
  },
  indexes: [
    '(order_id, requested_at desc, return_id desc)',
    '(status, requested_at desc, return_id desc)',
    '(requested_at desc, return_id desc)',
  ],
  on: {
    ReturnRequested: ({ data: { returnId, orderId, lines, requestedAt } }) =>
      put({
        return_id: returnId,
        order_id: orderId,
        status: 'requested',
        units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
        requested_at: requestedAt,
      }),
    ReturnReviewRequired: ({ data: { returnId, reason, policy } }) =>
      patch({ return_id: returnId }, { status: 'awaiting-review', reason, policy }),
    ReturnAuthorized: ({ data: { returnId, policy } }) => patch({ return_id: returnId }, { status: 'authorized', policy }),
    ReturnDeclined: ({ data: { returnId, reason, policy } }) => patch({ return_id: returnId }, { status: 'declined', reason, policy }),
    ReturnReceived: ({ data: { returnId, location } }) => patch({ return_id: returnId }, { status: 'received', location }),
    RefundRecorded: ({ data: { returnId } }) => patch({ return_id: returnId }, { status: 'received' }),
    RefundFailureRecorded: ({ data: { returnId, reason } }) => patch({ return_id: returnId }, { status: 'refund-failed', reason }),
    ReturnClosed: ({ data: { returnId, refunded, currency, closedAt } }) =>
      patch({ return_id: returnId }, { status: 'closed', refunded, currency, closed_at: closedAt }),
  },
};
