import { ownValue } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { SkuAnswer, StockLevel } from '../../../app/channels/channel-update';
import type { OfferedThere } from '../../../app/channels/stock-report';
import { JsonReading, type Fields } from '../json-reading';
import { placeOf, type LocationNames } from '../location-names';
import type { AmazonApi } from './amazon-api';
import { isUnknown, patchListing } from './amazon-listings';

const PATH = '/attributes/fulfillment_availability';

/** `DEFAULT` is what the seller sends from anywhere; a supply source has a code of its own. */
const availabilityOf = ({ network, locations }: StockLevel, names: LocationNames): readonly object[] =>
  [...names].flatMap(([location, code]) => {
    const atp = location === '*' ? network : ownValue(locations, location);
    return atp === undefined ? [] : [{ fulfillment_channel_code: code, quantity: Math.max(0, atp) }];
  });

const set = async (api: AmazonApi, level: StockLevel, names: LocationNames): Promise<SkuAnswer> => {
  const value = availabilityOf(level, names);
  if (value.length === 0) return undefined;
  return patchListing(api, level.sku, { marketplaces: api.marketplaces, patch: { op: 'replace', path: PATH, value } });
};

/** One listing after the other: five a second is what Amazon takes. Said twice, it is the same. */
export const setStock = async (api: AmazonApi, names: LocationNames, levels: readonly StockLevel[]): Promise<readonly SkuAnswer[]> => {
  const answers: SkuAnswer[] = [];
  for (const level of levels) answers.push(await set(api, level, names));
  return answers;
};

/** So many Amazon answers at once. */
const AT_ONCE = 20;
const PATIENCE_MS = 60_000;

const reading = new JsonReading();

/** A place that a listing does not name has nothing of it. */
const offersIn = (listing: Fields, names: LocationNames): readonly OfferedThere[] => {
  const sku = reading.optionalText(listing, 'sku') ?? '';
  const offered = reading.list(listing, 'fulfillmentAvailability');
  return [...names].map(([location, code]) => {
    const there = offered.find((each) => reading.optionalText(each, 'fulfillmentChannelCode') === code);
    return { sku, ...placeOf(location), quantity: reading.number(there ?? {}, 'quantity') ?? 0 };
  });
};

const included = (api: AmazonApi) => ({ marketplaceIds: api.marketplaces[0] ?? '', includedData: 'fulfillmentAvailability' });
const pathOf = (api: AmazonApi): string => `/listings/2021-08-01/items/${encodeURIComponent(api.sellerId)}`;

const listings = async (api: AmazonApi, skus: readonly string[]): Promise<readonly Fields[]> => {
  const named = { identifiers: skus.join(','), identifiersType: 'SKU', pageSize: String(AT_ONCE) };
  const path = `${pathOf(api)}?${new URLSearchParams({ ...included(api), ...named })}`;
  return reading.list(await api.ask({ operation: 'searchListingsItems', path, patienceMs: PATIENCE_MS }), 'items');
};

const listing = async (api: AmazonApi, sku: string): Promise<readonly Fields[]> => {
  const path = `${pathOf(api)}/${encodeURIComponent(sku)}?${new URLSearchParams(included(api))}`;
  try {
    return [await api.ask({ operation: 'getListingsItem', path, patienceMs: PATIENCE_MS })];
  } catch (error) {
    if (error instanceof Refused && isUnknown(error)) return [];
    throw error;
  }
};

const slices = (skus: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(skus.length / AT_ONCE) }, (_, i) => skus.slice(i * AT_ONCE, (i + 1) * AT_ONCE));

/** What a seller's listings of these SKUs offer, of all marketplaces: they sell from the same shelf. A comma parts SKUs in the question; one that has one is asked for alone. */
export const readStock = async (api: AmazonApi, names: LocationNames, skus: readonly string[]): Promise<readonly OfferedThere[]> => {
  const found: Fields[] = [];
  for (const sku of skus.filter((each) => each.includes(','))) found.push(...(await listing(api, sku)));
  for (const some of slices(skus.filter((each) => !each.includes(',')))) found.push(...(await listings(api, some)));
  return found.flatMap((each) => offersIn(each, names));
};
