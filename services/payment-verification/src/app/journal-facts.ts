import { isoTime, tableOf, type AnyView, type Sql } from '@cartage/views';
import type { MoneyFact } from '../domain/books/journal';
import { balanceMovement } from './views/balance-movement';
import { carrierBillMovement } from './views/carrier-bill-movement';
import { carrierClaimMovement } from './views/carrier-claim-list';
import { chargebackMovement } from './views/chargeback-movement';
import { disposalProceedsMovement } from './views/disposal-proceeds-movement';
import { invoiceList } from './views/invoice-list';
import { paymentMovement } from './views/payment-movement';
import { payoutMovement } from './views/payout-list';
import { settlementPosting } from './views/settlement-posting';
import { stockValueMovement } from './views/stock-value-movement';

export interface JournalRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  /** The sort key of the last fact of the page before. */
  readonly after?: readonly [at: string, entryId: string] | undefined;
}

/** A table of facts about money, in the words of the journal. */
interface Source {
  readonly view: AnyView;
  /** The column of its order; usually `order_id`. */
  readonly order?: string;
  readonly at: string;
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly amount: string;
  readonly part: string;
  readonly where: string;
}

const sources: readonly Source[] = [
  {
    view: invoiceList,
    ...{ at: 'issued_at', id: 'document_id', source: 'number', amount: 'total', part: 'tax', where: 'true' },
    kind: `case kind when 'invoice' then 'invoiced' else 'credited' end`,
  },
  {
    view: paymentMovement,
    kind: `case when balance_id is null then kind else kind || '-credit' end`,
    ...{ at: 'moved_at', id: 'movement_id', source: 'source', amount: 'amount', part: '0' },
    // What a file hands over is booked by its line.
    where: `kind in ('captured', 'collected', 'remitted', 'refunded', 'refund-returned', 'cod-short', 'cod-written-off') and settlement_id is null`,
  },
  {
    view: balanceMovement,
    ...{ at: 'moved_at', id: 'movement_id', source: 'balance_id::text', amount: 'abs(effect)', part: '0' },
    kind: `'credit-' || case when kind = 'adjusted' and effect < 0 then 'taken' when kind = 'sold' and order_id is not null then 'sold-in-order' else kind end`,
    where: `effect <> 0 and kind not in ('captured', 'refund', 'returned')`,
  },
  {
    view: chargebackMovement,
    ...{ at: 'moved_at', id: 'movement_id', kind: 'kind', source: 'chargeback_id::text', amount: 'amount', part: '0' },
    where: 'true',
  },
  {
    view: settlementPosting,
    ...{ at: 'moved_at', id: 'posting_id', kind: 'kind', source: 'line_id::text', amount: 'amount', part: 'part', where: 'true' },
  },
  {
    view: carrierClaimMovement,
    ...{ at: 'moved_at', id: 'movement_id', kind: 'kind', source: 'claim_id::text', amount: 'amount', part: '0', where: 'true' },
  },
  {
    view: payoutMovement,
    order: 'null::uuid',
    ...{ at: 'moved_at', id: 'movement_id', kind: 'kind', source: 'payout_id::text', amount: 'amount', part: '0', where: 'true' },
  },
  {
    view: stockValueMovement,
    ...{ at: 'moved_at', id: 'movement_id', kind: 'kind', source: 'stock_movement_id::text', amount: 'amount', part: '0', where: 'true' },
  },
  {
    view: disposalProceedsMovement,
    order: 'null::uuid',
    ...{ at: 'moved_at', id: 'movement_id', kind: 'kind', source: 'disposal_id::text', amount: 'amount', part: '0', where: 'true' },
  },
  {
    view: carrierBillMovement,
    ...{ at: 'moved_at', id: 'movement_id', kind: 'kind', source: 'bill_id::text', amount: 'amount', part: '0', where: 'true' },
  },
];

/** Each source gives its first rows by its own index; the first of all of them are the page. */
const branch = ({ view, order = 'order_id', at, id, kind, source, amount, part, where }: Source): string => `
  (select ${at} as at, ${id} as entry_id, ${kind} as kind, ${order} as order_id, ${source} as source, currency, ${amount} as amount, ${part}::bigint as part
   from ${tableOf(view)}
   where ${where} and ($1::timestamptz is null or ${at} >= $1) and ($2::timestamptz is null or ${at} < $2)
     and ($3::timestamptz is null or (${at}, ${id}) > ($3, $4::uuid))
   order by ${at}, ${id} limit $5)`;

/** Microseconds, because a cursor has to be exactly where a page ended. */
const listed = `
  select json_build_object('entryId', entry_id, 'kind', kind, 'at', ${isoTime('at', 'US')},
    'orderId', order_id, 'source', source, 'currency', currency, 'amount', amount, 'part', part) as row
  from (${sources.map(branch).join(' union all ')}) facts
  order by at, entry_id limit $5`;

/** Facts about money in the order in which they happened. */
export const listMoneyFacts = async (sql: Sql, { from, to, limit, after }: JournalRange): Promise<readonly MoneyFact[]> => {
  const values = [from ?? null, to ?? null, after?.[0] ?? null, after?.[1] ?? null, limit];
  return (await sql.query<{ row: MoneyFact }>(listed, values)).rows.map(({ row }) => row);
};

const BATCH = 1_000;

/** All of them, a batch at a time: an export of a year never is in memory. */
export async function* everyMoneyFact(sql: Sql, { from, to }: Pick<JournalRange, 'from' | 'to'>): AsyncGenerator<readonly MoneyFact[]> {
  let after: JournalRange['after'];
  for (;;) {
    const facts = await listMoneyFacts(sql, { from, to, limit: BATCH, after });
    const last = facts.at(-1);
    if (!last) return;
    yield facts;
    after = [last.at, last.entryId];
  }
}
