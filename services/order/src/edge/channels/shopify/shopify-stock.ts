import { ownValue } from '@cartage/contracts';
import type { SkuAnswer, StockLevel } from '../../../app/channels/channel-update';
import type { OfferedThere } from '../../../app/channels/stock-report';
import { grouped } from '../../../app/channels/grouped';
import { placeOf, type LocationNames } from '../location-names';
import { faultOf, type ShopifyApi, type UserError } from './shopify-api';

const ITEMS = `query ItemsBySku($query: String!) {
  productVariants(first: 250, query: $query) { nodes { sku inventoryItem { id } } }
}`;

const SET = `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) { userErrors { field message code } }
}`;

const LEVELS = `query StockBySku($query: String!, $location: ID!) {
  productVariants(first: 250, query: $query) {
    nodes { sku inventoryItem { inventoryLevel(locationId: $location) { quantities(names: ["available"]) { quantity } } } }
  }
}`;

interface Variants {
  readonly productVariants: { readonly nodes: readonly { readonly sku: string | null; readonly inventoryItem: { readonly id: string } }[] };
}

interface Quantity {
  readonly sku: string;
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity: number;
  /** Whatever it was: what can be promised is ours to say. */
  readonly changeFromQuantity: null;
}

export const quoted = (sku: string): string => `sku:"${sku.replaceAll(/["\\]/g, '\\$&')}"`;

export const unknownVariant = (sku: string): SkuAnswer => ({
  code: 'SKU_UNKNOWN_AT_CHANNEL',
  faults: [{ field: 'sku', code: 'NOT_FOUND', message: `Shopify has no variant with the SKU ${sku}.` }],
});

/** A SKU may be that of several variants: all of them are the same goods. */
const itemsOf = async (api: ShopifyApi, skus: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { productVariants } = await api.ask<Variants>(ITEMS, { query: skus.map(quoted).join(' OR ') });
  const bySku = grouped(productVariants.nodes, ({ sku }) => sku ?? '');
  return new Map([...bySku].map(([sku, variants]) => [sku, variants.map(({ inventoryItem }) => inventoryItem.id)]));
};

const quantitiesOf = ({ sku, network, locations }: StockLevel, items: readonly string[], names: LocationNames): readonly Quantity[] =>
  [...names].flatMap(([location, number]) => {
    const atp = location === '*' ? network : ownValue(locations, location);
    if (atp === undefined) return [];
    const locationId = `gid://shopify/Location/${number}`;
    return items.map((inventoryItemId) => ({ sku, inventoryItemId, locationId, quantity: Math.max(0, atp), changeFromQuantity: null }));
  });

/** Of a path such as `input.quantities.3.inventoryItemId`. */
const lineOf = ({ field }: UserError): number | undefined => {
  const place = Number(field?.[(field?.indexOf('quantities') ?? -1) + 1]);
  return Number.isInteger(place) ? place : undefined;
};

/** Shopify takes no more in one list. */
const MOST_AT_ONCE = 250;

type Refusals = ReadonlyMap<string, readonly UserError[]>;

/** Those that Shopify finds fault with are left out, and the others set again without them. */
const setAllBut = async (api: ShopifyApi, all: readonly Quantity[], key: string): Promise<Refusals> => {
  const refused = new Map<string, readonly UserError[]>();
  let quantities = all;
  for (let turn = 1; quantities.length > 0; turn += 1) {
    const refusals = refusalsOf(await set(api, quantities, `${key}-${turn}`), quantities);
    if (refusals.size === 0) break;
    for (const [sku, errors] of refusals) refused.set(sku, errors);
    quantities = quantities.filter(({ sku }) => !refusals.has(sku));
  }
  return refused;
};

export const setStock = async (
  api: ShopifyApi,
  names: LocationNames,
  { levels, key }: { readonly levels: readonly StockLevel[]; readonly key: string },
): Promise<readonly SkuAnswer[]> => {
  const items = await itemsOf(
    api,
    levels.map(({ sku }) => sku),
  );
  const answers = new Map<string, SkuAnswer>(levels.flatMap(({ sku }) => (items.has(sku) ? [] : [[sku, unknownVariant(sku)]])));
  const quantities = levels.flatMap((level) => quantitiesOf(level, items.get(level.sku) ?? [], names));
  for (let at = 0; at < quantities.length; at += MOST_AT_ONCE) {
    const refused = await setAllBut(api, quantities.slice(at, at + MOST_AT_ONCE), `${key}-${at}`);
    for (const [sku, errors] of refused) answers.set(sku, { code: 'CHANNEL_REFUSED', faults: errors.map(faultOf) });
  }
  return levels.map(({ sku }) => answers.get(sku));
};

/** By SKU; what is said of none of them holds for all. */
const refusalsOf = (errors: readonly UserError[], quantities: readonly Quantity[]): Refusals => {
  const said = errors.flatMap((error) => {
    const one = quantities[lineOf(error) ?? -1];
    return (one ? [one] : quantities).map(({ sku }) => ({ sku, error }));
  });
  return new Map([...grouped(said, ({ sku }) => sku)].map(([sku, each]) => [sku, each.map(({ error }) => error)]));
};

const set = async (api: ShopifyApi, quantities: readonly Quantity[], key: string): Promise<readonly UserError[]> => {
  const input = {
    name: 'available',
    reason: 'correction',
    referenceDocumentUri: `cartage://stock/${key}`,
    quantities: quantities.map(({ sku: _, ...each }) => each),
  };
  const { inventorySetQuantities } = await api.ask<{ inventorySetQuantities: { userErrors: readonly UserError[] } }>(SET, { input, key });
  return inventorySetQuantities.userErrors;
};

interface Levels {
  readonly productVariants: {
    readonly nodes: readonly {
      readonly sku: string | null;
      readonly inventoryItem: { readonly inventoryLevel: { readonly quantities: readonly { readonly quantity: number }[] } | null };
    }[];
  };
}

/** What the shop has at the places that are ours; nothing where it does not keep the SKU. Of several variants of one, which are the same goods, that which is offered most. */
export const readStock = async (api: ShopifyApi, names: LocationNames, skus: readonly string[]): Promise<readonly OfferedThere[]> => {
  const query = skus.map(quoted).join(' OR ');
  const offers: OfferedThere[] = [];
  for (const [location, number] of names) {
    const { productVariants } = await api.ask<Levels>(LEVELS, { query, location: `gid://shopify/Location/${number}` });
    for (const [sku, variants] of grouped(productVariants.nodes, (variant) => variant.sku ?? '')) {
      const quantities = variants.map(({ inventoryItem }) => inventoryItem.inventoryLevel?.quantities[0]?.quantity ?? 0);
      offers.push({ sku, ...placeOf(location), quantity: Math.max(0, ...quantities) });
    }
  }
  return offers;
};
