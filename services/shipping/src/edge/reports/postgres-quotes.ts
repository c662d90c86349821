import { tableOf, type Sql } from '@cartage/views';
import type { PolicyTrialsNeeds } from '../../app/policy-trials';
import { labelQuote } from '../../app/views/label-quote';
import type { PastQuote } from '../../domain/policy-trial';

const newest = `select label_id "labelId", location, coalesce(country, '') country, offers from ${tableOf(labelQuote)}
  where quoted_at >= $1 and quoted_at < $2 order by quoted_at desc, label_id desc limit $3`;

export const pastQuotes =
  (sql: Sql): PolicyTrialsNeeds['quotes'] =>
  async ({ from, to }, limit) =>
    (await sql.query<PastQuote>(newest, [from, to, limit])).rows;
