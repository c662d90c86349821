import { sharesOf } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';
import { piecesIn } from '../../domain/pieces';
import { paidFor } from '../../domain/refund';
import { itemKey } from '../../domain/return-line';
import { returns } from '../../domain/return';
import type { OrderReturns } from '../../domain/state';

type Due = Extract<ReturnEvent, { readonly type: 'RefundDue' }>;
type Portion = Due['data']['lines'][number];

/** What was paid for these units: a refund for several lines is shared by it. */
const worthOf = ({ sold }: OrderReturns, { lineId, sku, quantity }: Portion): number => {
  const line = sold.get(lineId);
  return (line ? piecesIn(line, { sku, quantity }) : []).reduce((sum, { piece, units }) => sum + paidFor(piece, 0, units), 0);
};

const rows = ({ data }: StoredEvent & Due, state: () => OrderReturns): readonly Change[] => {
  const after = state();
  const lines = after.rmas.get(data.returnId)?.lines ?? [];
  const amounts = sharesOf(
    data.goods + data.tax,
    data.lines.map((line) => worthOf(after, line)),
  );
  return data.lines.map((portion, at) =>
    put({
      refund_id: data.refundId,
      portion_no: at,
      return_id: data.returnId,
      line_no: Math.max(
        0,
        lines.findIndex((line) => itemKey(line) === itemKey(portion)),
      ),
      order_id: data.orderId,
      line_id: portion.lineId,
      sku: portion.sku,
      quantity: portion.quantity,
      currency: data.currency,
      amount: amounts[at] ?? 0,
      due_at: data.dueAt,
    }),
  );
};

/** What did the goods of each refund cost? One row for each line of a refund; what goes back for delivery is of no line. */
export const returnLineRefund: View<ReturnEvent, OrderReturns> = {
  name: 'return_line_refund',
  about:
    'What did the goods of each refund cost? One row for each line of a refund; amounts are minor units of `currency`, shared by what was paid for the lines, and add up to goods and tax of the refund.',
  revision: 1,
  key: ['refund_id', 'portion_no'],
  columns: {
    refund_id: { type: 'uuid not null', about: 'The refund.' },
    portion_no: { type: 'bigint not null', about: 'Its place in the refund.' },
    return_id: { type: 'uuid not null', about: 'The RMA.' },
    line_no: { type: 'bigint not null', about: 'Place of the line in the RMA.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    line_id: { type: 'text not null', about: 'Line of the order.' },
    sku: { type: 'text collate "C" not null', about: 'Of the line, or of a part of its kit.' },
    quantity: { type: 'bigint not null', about: 'Units that are refunded.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Due for them: goods and tax.' },
    due_at: { type: 'timestamptz not null', about: 'When it became due.' },
  },
  indexes: ['(return_id, line_no)', '(sku, due_at)'],
  fold: returns,
  on: { RefundDue: rows },
};
