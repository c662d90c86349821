/** As many as are asked for at once. */
const MOST = 100;

/** Characters that a SKU may have, as the services take it. */
const LONGEST_SKU = 128;

/** What a SKU may be; whatever else stands where one could has no title. */
const isSku = (text: string): boolean => text.length <= LONGEST_SKU && /^[^\p{C}]+$/u.test(text) && text === text.trim();

type Titles = ReadonlyMap<string, string>;
interface Batch {
  readonly skus: Set<string>;
  readonly titles: Promise<Titles>;
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** What SKUs are called. Each place of the screen asks for its own; they are asked for together. Null: nobody has described it. */
export const titlesBy = (ask: (skus: readonly string[]) => Promise<Titles>): ((sku: string) => Promise<string | null>) => {
  let open: Batch | undefined;
  const begin = (): Batch => {
    const skus = new Set<string>();
    const titles = soon().then(() => {
      if (open?.skus === skus) open = undefined;
      return ask([...skus]);
    });
    return { skus, titles };
  };
  return async (sku) => {
    if (!isSku(sku)) return null;
    if (!open || open.skus.size >= MOST) open = begin();
    open.skus.add(sku);
    return (await open.titles).get(sku) ?? null;
  };
};
