import type { PoolClient } from 'pg';
import type { RecountTransaction } from '../../app/repairs';
import type { CartRow } from '../../app/ledger';
import type { Recounted } from '../../domain/repair';
import * as rows from '../rows.sql';
import * as sql from './recount.sql';

const references = ({ rows: found }: { readonly rows: readonly { readonly reference: string }[] }): readonly string[] =>
  found.map(({ reference }) => reference);

const writeRows = async (client: PoolClient, statement: string, written: readonly unknown[]): Promise<void> => {
  if (written.length > 0) await client.query(statement, [JSON.stringify(written)]);
};

const keptOf = (carts: readonly CartRow[]): readonly object[] =>
  carts.flatMap(({ units, ...cart }) => units.map(([sku, quantity]) => ({ ...cart, sku, quantity })));

/** Rows of a SKU that may not be what the log says, in the ledger's transaction. */
export const recountTransaction = (client: PoolClient): RecountTransaction => ({
  locationsOf: async (sku) =>
    (await client.query<{ locations: readonly string[] | null }>(sql.LOCATIONS_OF, [sku])).rows[0]?.locations ?? undefined,
  claimsInDoubt: async (sku) => references(await client.query(sql.IN_DOUBT, [sku])),
  unlike: async (lines, carts) => [
    ...references(await client.query(sql.UNLIKE_LINES, [JSON.stringify(lines)])),
    ...references(await client.query(sql.UNLIKE_CARTS, [JSON.stringify(carts)])),
  ],
  rewriteClaims: async (lines, carts) => {
    await writeRows(client, rows.WRITE_LINES, lines);
    await writeRows(client, rows.CLEAR_CARTS, carts);
    await writeRows(client, rows.WRITE_CARTS, keptOf(carts));
  },
  recount: async (sku) => {
    const { rows: found } = await client.query<{ recounted: Recounted }>(sql.RECOUNT, [sku]);
    if (!found[0]) throw new Error(`The row of ${sku} was locked, and is not there.`);
    return found[0].recounted;
  },
  rewrite: async ({ network, stock }) => {
    await writeRows(client, rows.WRITE_STOCK, stock);
    await writeRows(client, rows.WRITE_NETWORK, [network]);
  },
});
