import type { Sql } from '@cartage/views';
import type { ItemRegister, KnownItem } from '../app/registers';
import { together } from './together';

interface Heard {
  readonly item: KnownItem;
  readonly revision: number;
}

/** A file of items is heard of many at a time; of one that changed twice meanwhile the newest counts. */
const recordItems =
  (sql: Sql) =>
  async (heard: readonly Heard[]): Promise<readonly void[]> => {
    await sql.query(
      `insert into known_item (sku, known, revision)
       select distinct on (sku) sku, known, revision from unnest($1::text[], $2::text[]::json[], $3::bigint[]) as heard (sku, known, revision)
       order by sku, revision desc
       on conflict (sku) do update set known = excluded.known, revision = excluded.revision where known_item.revision < excluded.revision`,
      [heard.map(({ item }) => item.sku), heard.map(({ item }) => JSON.stringify(item)), heard.map(({ revision }) => revision)],
    );
    return heard.map(() => undefined);
  };

export const itemRegister = (sql: Sql): ItemRegister => {
  const record = together(recordItems(sql));
  return {
    record: (item, revision) => record({ item, revision }),
    find: async (skus) => {
      if (skus.length === 0) return new Map();
      const { rows } = await sql.query<{ readonly known: KnownItem }>(`select known from known_item where sku = any($1::text[])`, [
        [...skus],
      ]);
      return new Map(rows.map(({ known }) => [known.sku, known]));
    },
  };
};
