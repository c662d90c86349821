import { majorUnits } from '@cartage/contracts';
import type { ChannelPrice, SkuAnswer } from '../../../app/channels/channel-update';
import { CHANNEL_REFUSED } from '../refused-by-channel';
import type { AmazonApi } from './amazon-api';
import { patchListing } from './amazon-listings';

/** What each marketplace sells in (developer-docs.amazon.com, marketplace ids). */
const currencies: Readonly<Record<string, string>> = {
  ...{ ATVPDKIKX0DER: 'USD', A2EUQ1WTGCTBG2: 'CAD', A1AM78C64UM0Y8: 'MXN', A2Q3Y263D00KWC: 'BRL', A1F83G8C2ARO7P: 'GBP' },
  ...{ A1PA6795UKMFR9: 'EUR', A13V1IB3VIYZZH: 'EUR', APJ6JRA9NG5V4: 'EUR', A1RKKUPIHCS9HS: 'EUR', A1805IZSGTT6HS: 'EUR' },
  ...{ AMEN7PMS3EDWL: 'EUR', A28R8C7NBKEWEA: 'EUR', A2NODRKZP88ZB9: 'SEK', A1C3SOZRARQ6R3: 'PLN', A33AVAJ2PDY3EV: 'TRY' },
  ...{ A2VIGQ35RCS4UG: 'AED', A17E79C6D8DWNP: 'SAR', ARBP9OOSHTCHU: 'EGP', A21TJRUUN4KGV: 'INR', AE08WJ6YKNBMC: 'ZAR' },
  ...{ A19VAU5U5O7RUS: 'SGD', A39IBJ37TRP1C6: 'AUD', A1VC38T7YXB528: 'JPY' },
};

const nowhere = (currency: string): SkuAnswer => {
  const message = `Amazon sells in ${currency} in none of the marketplaces that the channel names.`;
  return { code: CHANNEL_REFUSED, faults: [{ field: 'currency', code: 'CURRENCY_DIFFERS', message }] };
};

/** What stands beside the price in an offer, such as a sale or a business price, stays. */
const set = (api: AmazonApi, { sku, unitPrice, currency }: ChannelPrice): Promise<SkuAnswer> | SkuAnswer => {
  const marketplaces = api.marketplaces.filter((id) => currencies[id] === currency);
  if (marketplaces.length === 0) return nowhere(currency);
  const our_price = [{ schedule: [{ value_with_tax: Number(majorUnits(unitPrice, currency)) }] }];
  const value = marketplaces.map((marketplace_id) => ({ marketplace_id, currency, our_price }));
  return patchListing(api, sku, { marketplaces, patch: { op: 'merge', path: '/attributes/purchasable_offer', value } });
};

/** One listing after the other: five a second is what Amazon takes. */
export const setPrices = async (api: AmazonApi, prices: readonly ChannelPrice[]): Promise<readonly SkuAnswer[]> => {
  const answers: SkuAnswer[] = [];
  for (const price of prices) answers.push(await set(api, price));
  return answers;
};
