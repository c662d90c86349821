import { inTransaction } from '@cartage/postgres';
import type { Pool } from 'pg';
import type { CatalogueCopy } from '../app/admission';
import type { CatalogueEntry } from '../domain/admission';

const KEEP_ITEM = `
  insert into known_item (sku, status, revision) values ($1, $2, $3)
  on conflict (sku) do update set status = excluded.status, revision = excluded.revision where known_item.revision < excluded.revision`;

const KEEP_LIST = `
  insert into known_price_list (list, currency, tax_included, channel, country, valid_from, valid_to, revision)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (list) do update set currency = excluded.currency, tax_included = excluded.tax_included, channel = excluded.channel,
    country = excluded.country, valid_from = excluded.valid_from, valid_to = excluded.valid_to, revision = excluded.revision
  where known_price_list.revision < excluded.revision`;

const KEEP_PRICES = `
  insert into known_price (sku, list, unit_price)
  select sku, $1, "unitPrice" from jsonb_to_recordset($2) as p (sku text, "unitPrice" bigint)`;

/** One round trip for an order, whatever its lines. */
const OF = `
  select w.sku, i.status, coalesce((
    select json_agg(json_strip_nulls(json_build_object('list', l.list, 'revision', l.revision, 'channel', l.channel, 'country', l.country,
      'validFrom', l.valid_from, 'validTo', l.valid_to, 'unitPrice', p.unit_price)))
    from known_price p join known_price_list l using (list)
    where p.sku = w.sku and l.currency = $2 and l.tax_included = $3), '[]') as prices
  from unnest($1::text[]) as w (sku) left join known_item i using (sku)`;

export const postgresCatalogue = (pool: Pool): CatalogueCopy => ({
  keepItem: async ({ sku, status, revision }) => {
    await pool.query(KEEP_ITEM, [sku, status, revision]);
  },
  keepPrices: (told) =>
    inTransaction(pool, async (client) => {
      const { list, currency, taxIncluded, channel, country, validFrom, validTo, revision, prices } = told;
      const { rowCount } = await client.query(KEEP_LIST, [list, currency, taxIncluded, channel, country, validFrom, validTo, revision]);
      if (rowCount === 0) return;
      await client.query('delete from known_price where list = $1', [list]);
      await client.query(KEEP_PRICES, [list, JSON.stringify(prices)]);
    }),
  of: async (skus, { currency, taxIncluded }) => {
    const { rows } = await pool.query<Omit<CatalogueEntry, 'status'> & { readonly status: string | null }>(OF, [
      skus,
      currency,
      taxIncluded,
    ]);
    return rows.map(({ sku, status, prices }) => ({ sku, prices, ...(status === null ? {} : { status }) }));
  },
});
