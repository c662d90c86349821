import { ownValue } from '@cartage/contracts';
import type { SkuAnswer, StockLevel } from '../../../app/channels/channel-update';
import type { LocationNames } from '../location-names';
import type { AmazonApi } from './amazon-api';
import { patchListing } from './amazon-listings';

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
