import { exponentOf } from '@cartage/contracts';
import { derivedId, type StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import { movedBy, type CustomerMoney, type LineKind, type SettlementLine } from '../../domain/settlements/line';
import type { Posted } from '../../domain/settlements/posting';
import type { SettlementEvent } from '../../domain/settlements/settlement';

interface Posting {
  readonly postingId: string;
  readonly kind: 'settled' | 'settled-exchanged' | 'exchanged' | 'exchange-difference' | 'reversed' | 'settlement-difference';
  readonly currency: string;
  readonly amount: number;
  readonly part: number;
  readonly at: string;
  readonly orderId?: string;
}

/** Whose debt a line pays, where it is not a provider’s. */
const suffixes: Partial<Readonly<Record<LineKind, string>>> = { 'cod-remittance': '-cash', 'carrier-claim': '-claim' };

const row = (line: SettlementLine, { postingId, kind, orderId, at, ...money }: Posting): Change =>
  put({
    posting_id: postingId,
    line_id: line.lineId,
    order_id: orderId ?? null,
    kind: `${kind}${suffixes[line.kind] ?? ''}`,
    ...money,
    moved_at: at,
  });

interface Seen {
  readonly line: SettlementLine;
  readonly orderId?: string;
  readonly posted?: Posted;
}

type Moment = Pick<Posting, 'at' | 'orderId'>;

/** A line is booked when it is first seen: whatever it is found to answer, the money is there. Of a carrier’s, what a person has recorded, too, is taken back later. */
const seen = ({ id, data: { line, orderId, posted } }: Pick<StoredEvent, 'id'> & { readonly data: Seen }): readonly Change[] => {
  if (!posted) return [];
  const of = { at: line.settledAt, ...(orderId === undefined ? {} : { orderId }) };
  const settled = { ...of, postingId: id, currency: line.currency, amount: posted.gross, part: posted.fee };
  const isBooked = posted.gross !== 0 || posted.fee !== 0;
  if (!line.customer) return isBooked ? [row(line, { ...settled, kind: 'settled' })] : [];
  return [
    ...(isBooked ? [row(line, { ...settled, kind: 'settled-exchanged' }), ...exchanged(line, line.customer, of)] : []),
    ...reversed(line, {
      ...{ ...of, postingId: isBooked ? derivedId(line.lineId, 3) : id },
      ...{ currency: line.customer.currency, amount: posted.reversed, part: 0 },
    }),
  ];
};

/** What a person had recorded in the customer’s currency is not in the bank in that one. */
const reversed = (
  line: SettlementLine,
  { amount = 0, ...of }: Omit<Posting, 'kind' | 'amount'> & { readonly amount: number | undefined },
): readonly Change[] => (amount === 0 ? [] : [row(line, { ...of, kind: 'reversed', amount })]);

/** What the customer’s money is by the rate that the file says; without one, what was had for it. */
const byRate = ({ currency, gross }: SettlementLine, { rate, ...own }: CustomerMoney): number =>
  rate === undefined ? gross : Math.round(own.gross * Number(rate) * 10 ** (exponentOf(currency) - exponentOf(own.currency)));

/** Each currency is booked by itself: of the customer’s nobody owes us any more, and what was had more or less than by the rate is a difference. */
const exchanged = (line: SettlementLine, customer: CustomerMoney, of: Moment): readonly Change[] => {
  const difference = line.gross - byRate(line, customer);
  const own = { ...of, postingId: derivedId(line.lineId, 1), part: 0 };
  const { currency } = line;
  return [
    row(line, { ...own, kind: 'exchanged', currency: customer.currency, amount: customer.gross }),
    ...(difference === 0
      ? []
      : [row(line, { ...own, kind: 'exchange-difference', postingId: derivedId(line.lineId, 2), currency, amount: difference })]),
  ];
};

type Resolved = Extract<SettlementEvent, { readonly type: 'SettlementMismatchResolved' }>;

/** What is closed in two currencies is two entries. */
const closed = ({ id, data }: StoredEvent<Resolved>): readonly Change[] => {
  const { line, orderId, outcome, expectedCurrency, resolution, at } = data;
  if (resolution === 'claim') return [];
  const of = { kind: 'settlement-difference', part: 0, at, ...(orderId === undefined ? {} : { orderId }) } as const;
  const { currency, gross } = movedBy(line);
  if (expectedCurrency === currency) return [row(line, { ...of, postingId: id, currency, amount: gross - outcome.expected })];
  return [
    row(line, { ...of, postingId: id, currency, amount: gross }),
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
    kind: {
      type: 'text not null',
      about:
        'settled, settlement-difference; …-cash for cash on delivery, …-claim for claims on carriers. Of money in another currency than the customer’s: settled-exchanged, exchanged (the customer’s), exchange-difference, reversed (what a person had recorded in the customer’s).',
    },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Gross, or the difference: below zero against us. Minor units of `currency`.' },
    part: { type: 'bigint not null', about: 'Of it, the fee. Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When it was settled, as the file says, or closed.' },
  },
  key: ['posting_id'],
  indexes: ['(moved_at, posting_id)', '(line_id)'],
  revision: 3,
  on: {
    SettlementLineParked: seen,
    SettlementLineBooked: seen,
    PaymentSettled: seen,
    SettlementMismatch: seen,
    SettlementMismatchResolved: closed,
  },
};
