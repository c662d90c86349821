import type { ReturnEvent } from '@cartage/contracts';
import { about, type Fact, type Row } from './table';
import { factOrderLine } from './order-tables';
import { namedReturns } from './policies';
import { factRefundDue, factReturn, factReturnLine } from './return-tables';
import type { Extraction, Stamp } from './extraction';

interface OfReturn {
  readonly orderId: string;
  readonly returnId: string;
}

interface Line {
  readonly lineId?: string;
  readonly sku: string;
  readonly quantity: number;
}

const header = ({ orderId, returnId }: OfReturn, row: Row): Fact => about(factReturn, { return_id: returnId, order_id: orderId, ...row });

interface Stage<Each extends Line> {
  readonly stage: string;
  readonly at: string;
  readonly lines: readonly Each[];
  readonly more?: (line: Each) => Row;
}

const lines = <Each extends Line>(of: OfReturn, { id }: Stamp, { stage, at, lines: each, more }: Stage<Each>): readonly Fact[] =>
  each.map((line, position) =>
    about(factReturnLine, {
      event_id: id,
      position,
      stage,
      return_id: of.returnId,
      order_id: of.orderId,
      line_id: line.lineId,
      product_key: line.sku,
      units: line.quantity,
      happened_at: at,
      ...more?.(line),
    }),
  );

export const fromReturns: Extraction<ReturnEvent> = {
  ReturnRequested: (data, stamp) => [
    header(data, { requested_at: data.requestedAt }),
    ...lines(data, stamp, { stage: 'requested', at: data.requestedAt, lines: data.lines, more: ({ reason }) => ({ reason }) }),
  ],
  ReturnAuthorized: (data, stamp) => [
    header(data, { authorised_at: data.authorizedAt, way_back: data.wayBack, ...namedReturns(data.policy) }),
    ...lines(data, stamp, { stage: 'authorised', at: data.authorizedAt, lines: data.lines, more: () => namedReturns(data.policy) }),
  ],
  ReturnDeclined: (data, stamp) => [
    header(data, namedReturns(data.policy)),
    ...lines(data, stamp, {
      stage: 'declined',
      at: data.declinedAt,
      lines: data.lines,
      more: () => ({ reason: data.reason.code, ...namedReturns(data.policy) }),
    }),
  ],
  ReturnExpired: (data, stamp) => lines(data, stamp, { stage: 'expired', at: data.expiredAt, lines: data.lines }),
  ReturnCancelled: (data, stamp) =>
    lines(data, stamp, { stage: 'cancelled', at: data.cancelledAt, lines: data.lines, more: () => ({ reason: data.reason.code }) }),
  ReturnReceived: (data, stamp) => [
    header(data, { received_at: data.receivedAt }),
    ...lines(data, stamp, { stage: 'received', at: data.receivedAt, lines: data.lines, more: () => ({ location_key: data.location }) }),
    ...data.lines.flatMap(({ lineId, quantity }) =>
      lineId === undefined ? [] : [about(factOrderLine, { order_id: data.orderId, line_id: lineId, returned_units: quantity })],
    ),
  ],
  ItemGraded: (data, stamp) =>
    lines(data, stamp, {
      stage: 'graded',
      at: data.gradedAt,
      lines: [data],
      more: ({ location, grade, disposition }) => ({ location_key: location, grade, disposition }),
    }),
  RefundDue: ({ refundId, returnId, orderId, trigger, tender, currency, amount, goods, tax, delivery, fee, dueAt }) => [
    about(factRefundDue, {
      ...{ refund_id: refundId, return_id: returnId, order_id: orderId, trigger, tender },
      ...{ currency, amount, goods, tax, delivery, fee, due_at: dueAt },
    }),
    header({ orderId, returnId }, {}),
  ],
  ReturnClosed: (data) => [header(data, { closed_at: data.closedAt })],
};
