import { barcodeKey } from '@cartage/contracts';
import { lockForTransaction } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import type { HeldBarcode } from '../../app/catalogue/items';
import { requireFree } from '../../domain/catalogue/barcodes';
import type { ItemChanged } from '../../domain/catalogue/item';

type Described = ItemChanged['data'];

const READ = 'select key, sku, code, units from item_barcode where key = any($1)';

const DROP = `
  delete from item_barcode b where sku = any($1)
    and not exists (select from jsonb_to_recordset($2) as i (sku text, key text) where i.sku = b.sku and i.key = b.key)`;

const WRITE = `
  insert into item_barcode (key, sku, code, units)
  select key, sku, code, units from jsonb_to_recordset($1) as i (key text, sku text, code text, units integer)
  on conflict (key) do update set code = excluded.code, units = excluded.units where item_barcode.sku = excluded.sku`;

/** Which items have these codes, as they are compared. */
export const heldBarcodes = async (sql: Pool | PoolClient, keys: readonly string[]): Promise<readonly HeldBarcode[]> =>
  keys.length === 0 ? [] : (await sql.query<HeldBarcode>(READ, [[...new Set(keys)]])).rows;

/** Of an item that changes twice in one write the last word counts. */
const lastOf = (changes: readonly ItemChanged[]): readonly Described[] => {
  const last = new Map<string, Described>();
  for (const { data } of changes) if (data.revision > (last.get(data.sku)?.revision ?? 0)) last.set(data.sku, data);
  return [...last.values()];
};

const rowsOf = ({ sku, barcodes = [] }: Described): readonly HeldBarcode[] =>
  barcodes.map(({ code, units }) => ({ key: barcodeKey(code), sku, code, units }));

/**
 * Moves the barcodes with their items. Whoever decided could not know what others were about to write: who comes second is refused here. Codes are let go before they are
 * claimed, so that they may pass from one item to another in one write. What is claimed waits for its turn, whole: two writes whose items swap codes would else wait for
 * each other.
 */
export const writeBarcodes = async (client: PoolClient, changes: readonly ItemChanged[]): Promise<void> => {
  const described = lastOf(changes);
  const rows = described.flatMap(rowsOf);
  if (rows.length > 0) await lockForTransaction(client, 'inventory.barcodes');
  await client.query(DROP, [described.map(({ sku }) => sku), JSON.stringify(rows)]);
  if (rows.length === 0) return;
  const keys = rows.map(({ key }) => key);
  requireEachFree(described, new Map((await heldBarcodes(client, keys)).map(({ key, sku }) => [key, sku])));
  await client.query(WRITE, [JSON.stringify(rows)]);
};

const requireEachFree = (described: readonly Described[], holders: Map<string, string>): void => {
  for (const { sku, barcodes = [] } of described) {
    requireFree({ sku, barcodes }, holders);
    for (const { code } of barcodes) holders.set(barcodeKey(code), sku);
  }
};
