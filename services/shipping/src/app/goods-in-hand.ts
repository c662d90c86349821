import type { ItemRegister, KnownItem } from './registers';

/** What whoever has goods in hand knows them by, beside their SKU; nothing of what nobody has described. */
export type GoodsInHand = Partial<Pick<KnownItem, 'title' | 'barcodes'>>;

const goodsOf = (item: KnownItem | undefined): GoodsInHand =>
  item ? { title: item.title, ...(item.barcodes ? { barcodes: item.barcodes } : {}) } : {};

/** These, with what is printed on the goods, and how they are called. */
export const withGoods = async <Line extends { readonly sku: string }>(
  items: Pick<ItemRegister, 'find'>,
  lines: readonly Line[],
): Promise<readonly (Line & GoodsInHand)[]> => {
  const known = await items.find([...new Set(lines.map(({ sku }) => sku))]);
  return lines.map((line) => ({ ...line, ...goodsOf(known.get(line.sku)) }));
};
