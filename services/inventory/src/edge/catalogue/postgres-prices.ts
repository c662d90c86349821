import type { PostgresEventStore } from '@cartage/event-store';
import type { Pool, PoolClient } from 'pg';
import type { ListedPrice, PriceCatalogue, PriceListHead } from '../../app/catalogue/price-lists';
import type { PriceList, PriceListChanged } from '../../domain/catalogue/price-list';
import { appendWithRows } from './append-with-rows';

const HEAD = `p.list, p.currency, p.tax_included as "taxIncluded", p.channel, p.country, p.valid_from as "validFrom",
  p.valid_to as "validTo", p.revision`;

const FIND = `
  select ${HEAD}, (select coalesce(json_agg(json_build_object('sku', sku, 'unitPrice', unit_price) order by sku), '[]')
    from price where price.list = p.list) as prices
  from price_list p where p.list = $1`;

const LIST = `select ${HEAD} from price_list p where $1::text is null or p.list > $1 order by p.list limit $2`;

const PRICES = `
  select ${HEAD}, price.sku, price.unit_price as "unitPrice" from price join price_list p using (list) where price.sku = any($1)`;

const WRITE_HEAD = `
  insert into price_list (list, currency, tax_included, channel, country, valid_from, valid_to, revision, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (list) do update set currency = excluded.currency, tax_included = excluded.tax_included, channel = excluded.channel,
    country = excluded.country, valid_from = excluded.valid_from, valid_to = excluded.valid_to, revision = excluded.revision,
    changed_at = excluded.changed_at`;

const FORGET = 'delete from price where list = $1';

const WRITE_PRICES = `
  insert into price (sku, list, unit_price)
  select sku, $1, "unitPrice" from jsonb_to_recordset($2) as p (sku text, "unitPrice" bigint)`;

interface Row {
  readonly list: string;
  readonly currency: string;
  readonly taxIncluded: boolean;
  readonly channel: string | null;
  readonly country: string | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly revision: number;
}

export const postgresPrices = (pool: Pool, store: Pick<PostgresEventStore, 'transaction'>): PriceCatalogue => ({
  find: async (list) => {
    const [row] = (await pool.query<Row & Pick<PriceList, 'prices'>>(FIND, [list])).rows;
    return row && { ...headOf(row), prices: row.prices };
  },
  list: async ({ after, limit }) => (await pool.query<Row>(LIST, [after, limit])).rows.map(headOf),
  prices: async (skus) =>
    (await pool.query<Row & { readonly sku: string; readonly unitPrice: string }>(PRICES, [skus])).rows.map((row): ListedPrice => ({
      ...headOf(row),
      sku: row.sku,
      unitPrice: Number(row.unitPrice),
    })),
  append: (writes) => appendWithRows<PriceListChanged>(store, writes, write),
});

/** Lists in one order, so that two writers queue and never cross. */
const write = async (client: PoolClient, changes: readonly PriceListChanged[]): Promise<void> => {
  for (const { data } of changes.toSorted((one, other) => (one.data.list < other.data.list ? -1 : 1))) {
    const { list, currency, taxIncluded, channel, country, validFrom, validTo, prices, revision, changedAt } = data;
    await client.query(WRITE_HEAD, [list, currency, taxIncluded, channel, country, validFrom, validTo, revision, changedAt]);
    await client.query(FORGET, [list]);
    await client.query(WRITE_PRICES, [list, JSON.stringify(prices)]);
  }
};

/** A row as the domain knows it: what is not said is absent. */
const headOf = ({ list, currency, taxIncluded, channel, country, validFrom, validTo, revision }: Row): PriceListHead => ({
  list,
  currency,
  taxIncluded,
  validFrom: validFrom.toISOString(),
  revision,
  ...(channel === null ? {} : { channel }),
  ...(country === null ? {} : { country }),
  ...(validTo === null ? {} : { validTo: validTo.toISOString() }),
});
