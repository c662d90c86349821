import { Refused } from '@cartage/eventsourcing';
import type { StockAnswer, StockLevel } from '../../../app/channels/channel-update';
import { JsonReading, type Fields } from '../json-reading';
import type { LocationNames } from '../location-names';
import type { AmazonApi } from './amazon-api';

const PATH = '/attributes/fulfillment_availability';

/** `DEFAULT` is what the seller sends from anywhere; a supply source has a code of its own. */
const availabilityOf = ({ network, locations }: StockLevel, names: LocationNames): readonly object[] =>
  [...names].flatMap(([location, code]) => {
    const atp = location === '*' ? network : locations[location];
    return atp === undefined ? [] : [{ fulfillment_channel_code: code, quantity: Math.max(0, atp) }];
  });

const unknown = (sku: string): StockAnswer => ({
  code: 'SKU_UNKNOWN_AT_CHANNEL',
  faults: [{ field: 'sku', code: 'NOT_FOUND', message: `Amazon has no listing with the SKU ${sku}.` }],
});

/** `INVALID` says what is wrong; warnings take it all the same. */
const answerIn = (submission: Fields): StockAnswer => {
  const reading = new JsonReading();
  if (reading.optionalText(submission, 'status') !== 'INVALID') return undefined;
  const faults = reading
    .list(submission, 'issues')
    .filter((issue) => issue['severity'] === 'ERROR')
    .map((issue) => {
      const [attribute] = Array.isArray(issue['attributeNames']) ? (issue['attributeNames'] as readonly unknown[]) : [];
      const code = reading.optionalText(issue, 'code') ?? 'INVALID';
      return { field: String(attribute ?? 'fulfillment_availability'), code, message: reading.optionalText(issue, 'message') ?? code };
    });
  return { code: 'CHANNEL_REFUSED', faults };
};

const isUnknown = ({ errors }: Refused): boolean => errors.some(({ code }) => /NOT_?FOUND|HTTP_404/i.test(code));

const set = async (api: AmazonApi, level: StockLevel, names: LocationNames): Promise<StockAnswer> => {
  const value = availabilityOf(level, names);
  if (value.length === 0) return undefined;
  const path = `/listings/2021-08-01/items/${encodeURIComponent(api.sellerId)}/${encodeURIComponent(level.sku)}?marketplaceIds=${api.marketplaces.join(',')}`;
  const body = { productType: 'PRODUCT', patches: [{ op: 'replace', path: PATH, value }] };
  try {
    return answerIn(await api.ask({ operation: 'patchListingsItem', method: 'PATCH', path, body }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return isUnknown(error) ? unknown(level.sku) : { code: error.code, faults: error.errors };
  }
};

/** One listing after the other: five a second is what Amazon takes. Said twice, it is the same. */
export const setStock = async (api: AmazonApi, names: LocationNames, levels: readonly StockLevel[]): Promise<readonly StockAnswer[]> => {
  const answers: StockAnswer[] = [];
  for (const level of levels) answers.push(await set(api, level, names));
  return answers;
};
