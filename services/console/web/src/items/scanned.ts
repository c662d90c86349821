import { bodyOf, Refusal, type Api, type Schemas } from '../api/client';

/** What a scanner may type at once, as the services take it: a GS1 element string, or the address of a GS1 Digital Link. A SKU is shorter. */
export const LONGEST_SCAN = 200;

export type ListedItem = Schemas['ListedItem'];

/** Goods that are expected where somebody scans, and what is printed on them. */
export interface Goods {
  readonly sku: string;
  readonly barcodes?: readonly { readonly code: string; readonly units: number }[] | undefined;
}

/** What a scan stands for: so many units of an item. */
export interface Scanned {
  readonly sku: string;
  readonly units: number;
}

export const isSameSku = (sku: string, text: string): boolean => sku.toLowerCase() === text.trim().toLowerCase();

/** Which of these goods was scanned: a SKU counts before a barcode. A barcode as it is printed: its other forms are known to the catalogue. */
export const scannedAmong = (goods: readonly Goods[], text: string): Scanned | undefined => {
  const named = goods.find(({ sku }) => isSameSku(sku, text));
  if (named) return { sku: named.sku, units: 1 };
  const code = text.trim();
  const printed = goods.flatMap(({ sku, barcodes = [] }) => barcodes.map((each) => ({ ...each, sku }))).find((each) => each.code === code);
  return printed && { sku: printed.sku, units: printed.units };
};

interface ItemsQuery {
  readonly q?: string;
  readonly barcode?: string;
  readonly sku?: string[];
  readonly limit: number;
}

/** Items that are asked for; none for who may not read them, or where the text cannot be of one: there is more to find for them. */
export const itemsAsked = async (api: Api, query: ItemsQuery): Promise<readonly ListedItem[]> => {
  try {
    return (await bodyOf(api.GET('/inventory/items', { params: { query } }))).items;
  } catch (fault) {
    if (fault instanceof Refusal && [400, 403, 422].includes(fault.status)) return [];
    throw fault;
  }
};

/** Which item has this barcode, by the catalogue; nothing where it is none, or where it is a SKU as well, which counts before. */
export const scannedItem = async (api: Api, text: string): Promise<Scanned | undefined> => {
  const code = text.trim();
  const [item] = await itemsAsked(api, { barcode: code, limit: 1 });
  if (!item?.scanned) return undefined;
  const [named] = await itemsAsked(api, { sku: [code], limit: 1 });
  return named ? undefined : { sku: item.sku, units: item.scanned.units };
};

/** What was scanned: among these goods, or else by the catalogue, or else a SKU that nobody expects here. */
export const scannedThing = async (api: Api, goods: readonly Goods[], text: string): Promise<Scanned> =>
  scannedAmong(goods, text) ?? (await scannedItem(api, text)) ?? { sku: text.trim(), units: 1 };
