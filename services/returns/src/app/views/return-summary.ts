import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type Row, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';
import { returns } from '../../domain/return';
import { moneyAwaitedBy } from '../../domain/late-refund';
import { unitsHeld } from '../../domain/return-line';
import { owed, refunded, standingOf, type OrderReturns, type Rma } from '../../domain/state';

type OnReturn = StoredEvent & { readonly data: { readonly orderId: string; readonly returnId: string } };

const promised = (state: OrderReturns, rma: Rma): Row => ({ money_awaited_by: moneyAwaitedBy(state, rma) ?? null });

const columnsOf = (state: OrderReturns, rma: Rma): Row => {
  const { status, reason } = standingOf(rma);
  return {
    status,
    reason: reason?.code ?? null,
    policy: rma.policy ?? null,
    units: rma.lines.reduce((sum, line) => sum + unitsHeld(line), 0),
    locations: [...new Set([...rma.receipts.values()].map(({ location }) => location))],
    requested_at: rma.requestedAt,
    closed_at: rma.ended?.at ?? null,
    owed: owed(rma),
    refunded: refunded(rma),
    ...promised(state, rma),
  };
};

/** The row of the return that an event is about, whole: every event of it writes the same columns. */
const row = ({ data: { orderId, returnId } }: OnReturn, state: () => OrderReturns): Change | readonly Change[] => {
  const returnsOfOrder = state();
  const { rmas, sale } = returnsOfOrder;
  const rma = rmas.get(returnId);
  if (!rma) return [];
  const ofOrder = { order_id: orderId, channel: sale?.channel ?? null, currency: sale?.currency ?? '' };
  return put({ return_id: returnId, ...ofOrder, ...columnsOf(returnsOfOrder, rma) });
};

/** Which returns are there, and how far is each? One row for each RMA. */
export const returnSummary: View<ReturnEvent, OrderReturns> = {
  name: 'return_summary',
  about: 'Which returns are there, and how far is each? One row for each return authorisation (RMA).',
  revision: 6,
  key: ['return_id'],
  columns: {
    return_id: { type: 'uuid not null', about: 'The RMA.' },
    order_id: { type: 'uuid not null', about: 'The order that it belongs to.' },
    channel: { type: 'text', about: 'The sales channel of the order.' },
    status: {
      type: 'text not null',
      about: 'requested, awaiting-review, authorized, declined, received, refund-failed, closed, expired or cancelled.',
    },
    reason: { type: 'text', about: 'Why it was declined, is under review, or could not be refunded: a stable code.' },
    policy: { type: 'text', about: 'Version of the return policy that it was judged by.' },
    units: { type: 'numeric not null', about: 'Units that the customer asked to send back, or that came without having been asked for.' },
    locations: { type: 'text[] not null', about: 'Codes of the locations where goods of it came in; none yet where nothing has.' },
    requested_at: { type: 'timestamptz not null', about: 'When the customer asked.' },
    closed_at: { type: 'timestamptz', about: 'When everything was graded and refunded.' },
    owed: { type: 'bigint not null', about: 'Due for what was graded, minor units of `currency`.' },
    refunded: { type: 'bigint not null', about: 'Given back so far, minor units of `currency`.' },
    money_awaited_by: {
      type: 'timestamptz',
      about: 'Until when the customer was promised money that has not all gone back; null where none is lacking.',
    },
    currency: { type: 'text not null', about: 'ISO 4217.' },
  },
  indexes: [
    '(order_id, requested_at desc, return_id desc)',
    '(status, requested_at desc, return_id desc)',
    '(requested_at desc, return_id desc)',
    '(money_awaited_by) where money_awaited_by is not null',
    '(channel, requested_at desc, return_id desc)',
    'using gin (locations)',
  ],
  fold: returns,
  on: {
    ReturnRequested: row,
    ReturnReviewRequired: row,
    ReturnAuthorized: row,
    ReturnDeclined: row,
    ReturnInTransit: row,
    ReturnReceived: row,
    ItemGraded: row,
    RefundDue: row,
    RefundWaived: row,
    RefundRecorded: row,
    RefundFailureRecorded: row,
    ReturnClosed: row,
    ReturnExpired: row,
    ReturnCancelled: row,
  },
};
