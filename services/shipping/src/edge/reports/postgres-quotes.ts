import { tableOf, type Sql } from '@cartage/views';
import type { PolicyTrialsNeeds } from '../../app/policy-trials';
import { labelQuote } from '../../app/views/label-quote';
import type { PastQuote } from '../../domain/policy-trial';

const newest = `select label_id "labelId", order_id "orderId", location, channel, coalesce(method, 'ship') method, coalesce(priority, '') priority,
    coalesce(country, '') country, parcel_grams "parcelGrams", lines, offers
  from ${tableOf(labelQuote)} where quoted_at >= $1 and quoted_at < $2 order by quoted_at desc, label_id desc limit $3`;

type Row = Omit<PastQuote, 'channel'> & { readonly channel: string | null };

const quoteOf = ({ channel, ...quote }: Row): PastQuote => ({ ...quote, ...(channel ? { channel } : {}) });

export const pastQuotes =
  (sql: Sql): PolicyTrialsNeeds['quotes'] =>
  async ({ from, to }, limit) =>
    (await sql.query<Row>(newest, [from, to, limit])).rows.map(quoteOf);
