import { scannedKeys } from '@cartage/contracts';
import type { PostgresEventStore } from '@cartage/event-store';
import type { Pool, PoolClient } from 'pg';
import type { ItemCatalogue, ItemsQuery } from '../../app/catalogue/items';
import type { Item, ItemChanged } from '../../domain/catalogue/item';
import { findableWords } from '../../domain/catalogue/words';
import type { CountedItems } from '../listeners';
import { appendWithRows } from './append-with-rows';
import { heldBarcodes, writeBarcodes } from './postgres-barcodes';
import { itemsSought, NEAR, pageOfSought } from './item-search';

interface Row {
  readonly sku: string;
  readonly title: string;
  readonly status: string;
  readonly category: string | null;
  readonly weightGrams: number | null;
  readonly lengthMm: number | null;
  readonly widthMm: number | null;
  readonly heightMm: number | null;
  readonly fragile: boolean | null;
  readonly ownPacking: boolean | null;
  readonly hazardCode: string | null;
  readonly hsCode: string | null;
  readonly originCountry: string | null;
  readonly returnable: boolean;
  readonly counted: boolean | null;
  readonly kit: Item['kit'] | null;
  readonly substitutionGroup: string | null;
  readonly barcodes: Item['barcodes'] | null;
  readonly revision: number;
}

const COLUMNS = `sku, title, status, category, weight_grams as "weightGrams", length_mm as "lengthMm", width_mm as "widthMm",
  height_mm as "heightMm", fragile, own_packing as "ownPacking", hazard_code as "hazardCode", hs_code as "hsCode", origin_country as "originCountry", returnable, counted, kit,
  substitution_group as "substitutionGroup", barcodes, revision`;

/** Rows in one order, so that two imports queue and never cross. Of an item that changes twice in one write the last word counts. */
const WRITE = `
  insert into item (sku, title, status, category, weight_grams, length_mm, width_mm, height_mm, fragile, own_packing, hazard_code, hs_code, origin_country,
    returnable, counted, kit, parts, substitution_group, barcodes, revision, changed_at, words)
  select distinct on (i.sku) i.sku, i.title, i.status, i.category, i."weightGrams", (i.dimensions->>'lengthMm')::integer,
    (i.dimensions->>'widthMm')::integer, (i.dimensions->>'heightMm')::integer, i.fragile, i."ownPacking", i."hazardCode", i.customs->>'hsCode',
    i.customs->>'originCountry', i.returnable, i.counted, i.kit, (select array_agg(part->>'sku') from jsonb_array_elements(i.kit) part),
    i."substitutionGroup", i.barcodes, i.revision, i."changedAt", array_to_tsvector(i.words)
  from jsonb_to_recordset($1) as i (sku text, title text, status text, category text, "weightGrams" integer, dimensions jsonb,
    fragile boolean, "ownPacking" boolean, "hazardCode" text, customs jsonb, returnable boolean, counted boolean, kit jsonb, "substitutionGroup" text, barcodes jsonb, revision integer, "changedAt" timestamptz,
    words text[])
  order by i.sku, i.revision desc
  on conflict (sku) do update set title = excluded.title, status = excluded.status, category = excluded.category,
    weight_grams = excluded.weight_grams, length_mm = excluded.length_mm, width_mm = excluded.width_mm, height_mm = excluded.height_mm,
    fragile = excluded.fragile, own_packing = excluded.own_packing, hazard_code = excluded.hazard_code, hs_code = excluded.hs_code, origin_country = excluded.origin_country,
    returnable = excluded.returnable, counted = excluded.counted, kit = excluded.kit, parts = excluded.parts, substitution_group = excluded.substitution_group,
    barcodes = excluded.barcodes, revision = excluded.revision, changed_at = excluded.changed_at, words = excluded.words`;

/** The ledger reads what a kit is made of with its row; rows in one order, as whoever claims stock locks them. */
const WRITE_KITS = `
  insert into network_stock as n (sku, kit)
  select distinct on (i.sku) i.sku, i.kit from jsonb_to_recordset($1) as i (sku text, kit jsonb, revision integer)
  where i.kit is not null or exists (select from network_stock k where k.sku = i.sku and k.kit is not null)
  order by i.sku, i.revision desc
  on conflict (sku) do update set kit = excluded.kit`;

export const postgresItems = (pool: Pool, store: Pick<PostgresEventStore, 'transaction'>): ItemCatalogue => ({
  find: async (skus) => (skus.length === 0 ? [] : itemsIn(pool, 'sku = any($1)', [[...new Set(skus)]])),
  list: (query) => (query.q === undefined ? listed(pool, query) : listedSought(pool, query, query.q)),
  barcodes: (keys) => heldBarcodes(pool, keys),
  append: (writes) => appendWithRows<ItemChanged>(store, writes, write),
});

const write = async (client: PoolClient, changes: readonly ItemChanged[]): Promise<void> => {
  if (changes.length === 0) return;
  const rows = JSON.stringify(changes.map(({ data }) => ({ ...data, words: findableWords(data) })));
  await client.query(WRITE, [rows]);
  await writeBarcodes(client, changes);
  await client.query(WRITE_KITS, [rows]);
};

const itemsIn = async (pool: Pool, where: string, values: readonly unknown[]): Promise<readonly Item[]> =>
  (await pool.query<Row>(`select ${COLUMNS} from item where ${where}`, [...values])).rows.map(itemOf);

const listed = (pool: Pool, query: ItemsQuery): Promise<readonly Item[]> => {
  const { text, values } = conditionsOf(query);
  return itemsIn(pool, `${text} order by sku limit $${values.length + 1}`, [...values, query.limit]);
};

const listedSought = async (pool: Pool, query: ItemsQuery, q: string): Promise<readonly Item[]> => {
  const { text, values } = conditionsOf(query);
  const read = (await heldBarcodes(pool, scannedKeys(q))).map(({ sku }) => sku);
  const isSought = `(words @@ $${values.length + 1}::tsquery or sku = any($${values.length + 3}))`;
  const [near, found] = [`where ${text} order by sku limit ${NEAR}`, `where ${text} and ${isSought}`].map(
    (rows) => `sku in (with seen as materialized (select sku, words from item ${rows})
      select sku from seen where ${isSought} order by sku limit $${values.length + 2}) order by sku`,
  );
  const ask = (where = '') => itemsIn(pool, where, [...values, itemsSought(q), query.limit, read]);
  return pageOfSought(
    query.limit,
    () => ask(near),
    () => ask(found),
  );
};

const filters: { readonly [Filter in Exclude<keyof ItemsQuery, 'limit' | 'q'>]-?: (value: string) => string } = {
  category: (value) => `category = ${value}`,
  status: (value) => `status = ${value}`,
  substitutionGroup: (value) => `substitution_group = ${value}`,
  part: (value) => `parts @> array[${value}::text]`,
  skus: (value) => `sku = any(${value})`,
  after: (value) => `sku > ${value}`,
};

const conditionsOf = (query: ItemsQuery): { readonly text: string; readonly values: readonly unknown[] } => {
  const given = (Object.keys(filters) as (keyof typeof filters)[]).filter((filter) => query[filter] !== undefined);
  const conditions = given.map((filter, i) => filters[filter](`$${i + 1}`));
  return { text: conditions.join(' and ') || 'true', values: given.map((filter) => query[filter]) };
};

/** A row as the domain knows it: what is not said is absent. */
const itemOf = ({ lengthMm, widthMm, heightMm, hsCode, originCountry, ...row }: Row): Item => {
  const { sku, title, status, returnable, revision, ...rest } = row;
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return {
    sku,
    title,
    status,
    returnable,
    revision,
    ...said,
    ...(lengthMm === null || widthMm === null || heightMm === null ? {} : { dimensions: { lengthMm, widthMm, heightMm } }),
    ...(hsCode === null || originCountry === null ? {} : { customs: { hsCode, originCountry } }),
  };
};

/** Of these SKUs, those whose item says that units are counted though they are delivered digitally. */
export const countedItems = (pool: Pool): CountedItems => ({
  counted: async (skus) => {
    const { rows } = await pool.query<{ readonly sku: string }>('select sku from item where counted and sku = any($1)', [
      [...new Set(skus)],
    ]);
    return new Set(rows.map(({ sku }) => sku));
  },
});
