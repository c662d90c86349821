import { asJson, type Sql } from '@cartage/views';
import type { Rate, Rates } from '../app/rates';

const KEEP = `
  insert into fx_rate as r (rated_on, currency, per_euro, source)
  select distinct on (currency, rated_on) rated_on, currency, per_euro, $2 from json_to_recordset($1::json) as x(rated_on date, currency text, per_euro numeric)
  order by currency, rated_on
  on conflict (currency, rated_on) do update set per_euro = excluded.per_euro, source = excluded.source, imported_at = now()
    where r.per_euro <> excluded.per_euro`;

const rowOf = ({ ratedOn, currency, perEuro }: Rate) => ({ rated_on: ratedOn, currency, per_euro: perEuro });

export const ratesIn = (sql: Sql): Rates => ({
  keep: async (rates, source) => (await sql.query(KEEP, [asJson(rates.map(rowOf)), source])).rowCount ?? 0,
});
