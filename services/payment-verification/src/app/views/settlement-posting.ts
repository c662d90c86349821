import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import type { SettlementLine } from '../../domain/settlements/line';
import type { Posted, SettlementEvent } from '../../domain/settlements/settlement';

interface Posting {
  readonly postingId: string;
  readonly kind: 'settled' | 'settlement-difference';
  readonly currency: string;
  readonly amount: number;
  readonly part: number;
  readonly at: string;
  readonly orderId?: string;
}

const row = (line: SettlementLine, { postingId, kind, orderId, at, ...money }: Posting): Change =>
  put({
    posting_id: postingId,
    line_id: line.lineId,
    order_id: orderId ?? null,
    kind: line.kind === 'cod-remittance' ? `${kind}-cash` : kind,
    ...money,
    moved_at: at,
  });

interface Seen {
  readonly line: SettlementLine;
  readonly orderId?: string;
  readonly posted?: Posted;
}

/** A line is booked once, when it is first seen: whatever it is found to answer, the money is there. */
const seen = ({ id, data: { line, orderId, posted } }: Pick<StoredEvent, 'id'> & { readonly data: Seen }): readonly Change[] => {
  if (!posted || (posted.gross === 0 && posted.fee === 0)) return [];
  const of = orderId === undefined ? {} : { orderId };
  return [
    row(line, {
      postingId: id,
      kind: 'settled',
      currency: line.currency,
      amount: posted.gross,
      part: posted.fee,
      at: line.settledAt,
      ...of,
    }),
  ];
};

type Resolved = Extract<SettlementEvent, { readonly type: 'SettlementMismatchResolved' }>;

/** What is closed in two currencies is two entries. */
const closed = ({ id, data }: StoredEvent<Resolved>): readonly Change[] => {
  const { line, orderId, outcome, expectedCurrency, resolution, at } = data;
  if (resolution === 'claim') return [];
  const of = { kind: 'settlement-difference', part: 0, at, ...(orderId === undefined ? {} : { orderId }) } as const;
  if (expectedCurrency === line.currency)
    return [row(line, { ...of, postingId: id, currency: line.currency, amount: line.gross - outcome.expected })];
  return [
    row(line, { ...of, postingId: id, currency: line.currency, amount: line.gross }),
    row(line, { ...of, postingId: line.lineId, currency: expectedCurrency, amount: 0 - outcome.expected }),
  ];
};

/** What of settlement files goes into the books? */
export const settlementPosting: View<SettlementEvent> = {
  name: 'settlement_posting',
  about:
    'One row for each entry of the books that follows from settlement files: what a line hands over, and differences that somebody closed.',
  columns: {
    posting_id: { type: 'uuid not null', about: 'The entry.' },
    line_id: { type: 'uuid not null', about: 'The line of a settlement.' },
    order_id: { type: 'uuid', about: 'The order; null where none was known when it was booked.' },
    kind: { type: 'text not null', about: 'settled, settlement-difference; …-cash for cash on delivery.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Gross, or the difference: below zero against us. Minor units of `currency`.' },
    part: { type: 'bigint not null', about: 'Of it, the fee. Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When it was settled, as the file says, or closed.' },
  },
  key: ['posting_id'],
  indexes: ['(moved_at, posting_id)', '(line_id)'],
  revision: 1,
  on: {
    SettlementLineParked: seen,
    SettlementLineBooked: seen,
    PaymentSettled: seen,
    SettlementMismatch: seen,
    SettlementMismatchResolved: closed,
  },
};
