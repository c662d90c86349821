import { majorUnits } from '@cartage/contracts';
import type { ChannelPrice, SkuAnswer } from '../../../app/channels/channel-update';
import { grouped } from '../../../app/channels/grouped';
import { CHANNEL_REFUSED } from '../refused-by-channel';
import { faultOf, type ShopifyApi, type UserError } from './shopify-api';
import { quoted, unknownVariant } from './shopify-stock';

const VARIANTS = `query VariantsBySku($query: String!) {
  shop { currencyCode }
  productVariants(first: 250, query: $query) { nodes { id sku product { id } } }
}`;

const SET = `mutation SetPrices($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $productId, variants: $variants, allowPartialUpdates: true) { userErrors { field message code } }
}`;

interface Variant {
  readonly id: string;
  readonly sku: string | null;
  readonly product: { readonly id: string };
}
interface Variants {
  readonly shop: { readonly currencyCode: string };
  readonly productVariants: { readonly nodes: readonly Variant[] };
}
type Sku = string;

const foreign = (currency: string, ofShop: string): SkuAnswer => ({
  code: CHANNEL_REFUSED,
  faults: [{ field: 'currency', code: 'CURRENCY_DIFFERS', message: `The shop sells in ${ofShop}, not in ${currency}.` }],
});

const placeOf = ({ field }: UserError): number | undefined => {
  const place = Number(field?.[(field?.indexOf('variants') ?? -1) + 1]);
  return Number.isInteger(place) ? place : undefined;
};

/** Of one product; what is said of no variant holds for all of them. */
const setOf = async (
  api: ShopifyApi,
  variants: readonly Variant[],
  priceOf: ReadonlyMap<Sku, ChannelPrice>,
): Promise<readonly (readonly [Sku, UserError])[]> => {
  const inputs = variants.flatMap(({ id, sku }) => {
    const price = priceOf.get(sku ?? '');
    return price ? [{ id, price: majorUnits(price.unitPrice, price.currency) }] : [];
  });
  type Answer = { readonly productVariantsBulkUpdate: { readonly userErrors: readonly UserError[] } };
  const { productVariantsBulkUpdate } = await api.ask<Answer>(SET, { productId: variants[0]?.product.id ?? '', variants: inputs });
  return productVariantsBulkUpdate.userErrors.flatMap((error) => {
    const one = variants[placeOf(error) ?? -1];
    return (one ? [one] : variants).map(({ sku }) => [sku ?? '', error] as const);
  });
};

/** By product, which is how Shopify takes them. A SKU may be that of several variants: all of them are the same goods. Said twice, it is the same. */
export const setPrices = async (api: ShopifyApi, prices: readonly ChannelPrice[]): Promise<readonly SkuAnswer[]> => {
  const { shop, productVariants } = await api.ask<Variants>(VARIANTS, { query: prices.map(({ sku }) => quoted(sku)).join(' OR ') });
  const priceOf = new Map(prices.filter(({ currency }) => currency === shop.currencyCode).map((price) => [price.sku, price]));
  const known = productVariants.nodes.filter(({ sku }) => priceOf.has(sku ?? ''));
  const refusals: (readonly [Sku, UserError])[] = [];
  for (const [, variants] of grouped(known, ({ product }) => product.id)) refusals.push(...(await setOf(api, variants, priceOf)));
  const refused = grouped(refusals, ([sku]) => sku);
  const skus = new Set(productVariants.nodes.map(({ sku }) => sku));
  return prices.map(({ sku, currency }): SkuAnswer => {
    if (!skus.has(sku)) return unknownVariant(sku);
    if (currency !== shop.currencyCode) return foreign(currency, shop.currencyCode);
    const errors = refused.get(sku);
    return errors && { code: CHANNEL_REFUSED, faults: errors.map(([, error]) => faultOf(error)) };
  });
};
