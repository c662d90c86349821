import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';
import { returns } from '../../domain/return';
import { gradedOf, itemKey, type ReturnLine } from '../../domain/return-line';
import { lostAt, sentAt } from '../../domain/scans';
import type { OrderReturns, Rma } from '../../domain/state';

interface Named {
  readonly lineId?: string;
  readonly sku: string;
}
type OnReturn = StoredEvent & { readonly data: { readonly orderId: string; readonly returnId: string } };
type OnItems = OnReturn & { readonly data: Named | { readonly lines: readonly Named[] } };

const gradedAs = ({ gradings }: ReturnLine, grade: string): number =>
  gradings.reduce((sum, each) => sum + (each.grade === grade ? each.quantity : 0), 0);

const row = (orderId: string, rma: Rma, [line, at]: readonly [ReturnLine, number]): Change =>
  put({
    return_id: rma.returnId,
    line_no: at,
    order_id: orderId,
    line_id: line.lineId ?? null,
    sku: line.sku,
    reasons: line.reasons,
    standing: line.standing,
    asked: line.asked,
    received: line.received,
    graded: gradedOf(line),
    grade_a: gradedAs(line, 'A'),
    grade_b: gradedAs(line, 'B'),
    grade_c: gradedAs(line, 'C'),
    grade_scrap: gradedAs(line, 'scrap'),
    settled: line.settled,
    requested_at: rma.requestedAt,
    sent_at: sentAt(rma) ?? null,
    lost_at: lostAt(rma) ?? null,
  });

const rows = (
  { data: { orderId, returnId } }: OnReturn,
  state: () => OrderReturns,
  isMeant: (line: ReturnLine) => boolean,
): readonly Change[] => {
  const rma = state().rmas.get(returnId);
  if (!rma) return [];
  return rma.lines.flatMap((line, at) => (isMeant(line) ? [row(orderId, rma, [line, at])] : []));
};

const allOf = (event: OnReturn, state: () => OrderReturns): readonly Change[] => rows(event, state, () => true);

/** Only the lines that the event names: a return of many lines is graded in many steps. */
const someOf = (event: OnItems, state: () => OrderReturns): readonly Change[] => {
  const named = new Set(('lines' in event.data ? event.data.lines : [event.data]).map(itemKey));
  return rows(event, state, (line) => named.has(itemKey(line)));
};

/** What of each line was to come, came, was inspected and paid, and why was it sent back? One row for each line of a return. */
export const returnLine: View<ReturnEvent, OrderReturns> = {
  name: 'return_line',
  about: 'What of each line was to come, came, was inspected and paid, and why was it sent back? One row for each line of a return (RMA).',
  revision: 2,
  key: ['return_id', 'line_no'],
  columns: {
    return_id: { type: 'uuid not null', about: 'The RMA.' },
    line_no: { type: 'bigint not null', about: 'Its place in the RMA.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    line_id: { type: 'text', about: 'Line of the order; null: it has no such line.' },
    sku: { type: 'text collate "C" not null', about: 'Of the line, or of a part of its kit.' },
    reasons: { type: 'jsonb not null', about: 'The customer’s reason codes, a list; empty: nobody had announced it.' },
    standing: { type: 'text not null', about: 'asked, review, authorized, kept, declined, or stray (of no line of the order).' },
    asked: { type: 'bigint not null', about: 'Units that were to come.' },
    received: { type: 'bigint not null', about: 'Units that came in.' },
    graded: { type: 'bigint not null', about: 'Units that were inspected.' },
    grade_a: { type: 'bigint not null', about: 'Of them: as new.' },
    grade_b: { type: 'bigint not null', about: 'Of them: grade B.' },
    grade_c: { type: 'bigint not null', about: 'Of them: grade C.' },
    grade_scrap: { type: 'bigint not null', about: 'Of them: scrap.' },
    settled: { type: 'bigint not null', about: 'Units whose refund was decided, be it nothing.' },
    requested_at: { type: 'timestamptz not null', about: 'When the customer asked.' },
    sent_at: { type: 'timestamptz', about: 'When a carrier had it first.' },
    lost_at: { type: 'timestamptz', about: 'Since when nobody knows where the carrier has it.' },
  },
  indexes: [
    '(sku, requested_at)',
    `(requested_at, return_id, line_no) where (standing = 'authorized' and asked > received) or received > graded or settled > received`,
  ],
  fold: returns,
  on: {
    ReturnRequested: allOf,
    ReturnReviewRequired: someOf,
    ReturnAuthorized: someOf,
    ReturnDeclined: someOf,
    ReturnInTransit: allOf,
    ReturnReceived: someOf,
    ItemGraded: someOf,
    RefundDue: someOf,
    RefundWaived: someOf,
    ReturnExpired: allOf,
    ReturnCancelled: allOf,
    ReturnClosed: allOf,
  },
};
