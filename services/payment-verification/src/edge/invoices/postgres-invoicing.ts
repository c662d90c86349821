import { joinsTransactions, type Joined } from '@cartage/event-store';
import { START, type EventStore, type Position, type StoredEvent } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import type { InvoicingNeeds, InvoicingTransaction, RecordedSale } from '../../app/invoicing';
import { documentStream } from '../../domain/invoices/documents';

const BATCH = 500;

const salesIn = async (sql: Sql, orderIds: readonly string[]): Promise<ReadonlyMap<string, RecordedSale>> => {
  const text = `select json_build_object('orderId', order_id, 'channel', channel, 'country', country, 'lines', lines, 'delivery', delivery,
    'personal', personal) as row from invoice_sale where order_id = any($1::uuid[])`;
  const { rows } = await sql.query<{ row: RecordedSale }>(text, [orderIds]);
  return new Map(rows.map(({ row }) => [row.orderId, row]));
};

const take = `insert into invoice_counter (series, last) values ($1, $2)
  on conflict (series) do update set last = invoice_counter.last + excluded.last returning last`;

const within = ({ client, readMany, appendMany }: Joined): InvoicingTransaction => ({
  position: async () => {
    const { rows } = await client.query<{ position: string }>('select position from invoice_checkpoint for update skip locked');
    const [row] = rows;
    return row && (row.position === '' ? START : row.position);
  },
  moveTo: async (position) => {
    await client.query('update invoice_checkpoint set position = $1', [position]);
  },
  sales: (orderIds) => salesIn(client, orderIds),
  documents: (orderIds) => readMany(orderIds.map(documentStream)),
  takeNumbers: async (series, count) => {
    const { rows } = await client.query<{ last: string }>(take, [series, count]);
    return Number(rows[0]?.last) - count + 1;
  },
  append: appendMany,
});

/** The next batch after a position; none at the end of the log. */
export const eventsAfter =
  (store: EventStore) =>
  async (position: Position): Promise<readonly StoredEvent[]> => {
    if ((await store.head()) <= position) return [];
    const one = new AbortController();
    for await (const events of store.follow({ from: position, signal: one.signal, batchSize: BATCH })) {
      one.abort();
      return events;
    }
    return [];
  };

/** Numbers, documents and the mark of what was looked at in one transaction with the log. */
export const invoicingIn = (store: EventStore): Pick<InvoicingNeeds, 'transaction' | 'eventsAfter'> => {
  if (!joinsTransactions(store))
    throw new Error('Invoices need their log in Postgres: a number is given in the transaction that appends its document.');
  return { transaction: (work) => store.transaction((joined) => work(within(joined))), eventsAfter: eventsAfter(store) };
};

/** What an order was sold as; told twice, it is kept once. */
export const salesTable = (sql: Sql) => ({
  keep: async ({ orderId, channel, country, lines, delivery, personal }: RecordedSale): Promise<void> => {
    const text = `insert into invoice_sale (order_id, channel, country, lines, delivery, personal) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`;
    const json = [lines, delivery, personal].map((value) => JSON.stringify(value));
    await sql.query(text, [orderId, channel, country ?? null, ...json]);
  },
  /** Edits of an order are heard one after the other. */
  change: async (orderId: string, change: (sale: RecordedSale) => RecordedSale): Promise<void> => {
    const sale = (await salesIn(sql, [orderId])).get(orderId);
    if (!sale) return;
    const { lines, delivery } = change(sale);
    const values = [orderId, JSON.stringify(lines), JSON.stringify(delivery)];
    await sql.query('update invoice_sale set lines = $2, delivery = $3 where order_id = $1', values);
  },
  of: async (orderId: string): Promise<RecordedSale | undefined> => (await salesIn(sql, [orderId])).get(orderId),
});
