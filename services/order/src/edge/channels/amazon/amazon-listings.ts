import { Refused } from '@cartage/eventsourcing';
import type { SkuAnswer } from '../../../app/channels/channel-update';
import { JsonReading, type Fields } from '../json-reading';
import type { AmazonApi } from './amazon-api';

interface Patch {
  readonly op: 'replace' | 'merge';
  readonly path: `/attributes/${string}`;
  readonly value: readonly object[];
}

const unknown = (sku: string): SkuAnswer => ({
  code: 'SKU_UNKNOWN_AT_CHANNEL',
  faults: [{ field: 'sku', code: 'NOT_FOUND', message: `Amazon has no listing with the SKU ${sku}.` }],
});

/** `INVALID` says what is wrong; warnings take it all the same. */
const answerIn = (submission: Fields, of: string): SkuAnswer => {
  const reading = new JsonReading();
  if (reading.optionalText(submission, 'status') !== 'INVALID') return undefined;
  const faults = reading
    .list(submission, 'issues')
    .filter((issue) => issue['severity'] === 'ERROR')
    .map((issue) => {
      const [attribute] = Array.isArray(issue['attributeNames']) ? (issue['attributeNames'] as readonly unknown[]) : [];
      const code = reading.optionalText(issue, 'code') ?? 'INVALID';
      return { field: String(attribute ?? of), code, message: reading.optionalText(issue, 'message') ?? code };
    });
  return { code: 'CHANNEL_REFUSED', faults };
};

/** No listing of the SKU. */
export const isUnknown = ({ errors }: Refused): boolean => errors.some(({ code }) => /NOT_?FOUND|HTTP_404/i.test(code));

/** Changes one attribute of what is sold under a SKU. Said twice, it is the same. */
export const patchListing = async (
  api: AmazonApi,
  sku: string,
  { marketplaces, patch }: { readonly marketplaces: readonly string[]; readonly patch: Patch },
): Promise<SkuAnswer> => {
  const path = `/listings/2021-08-01/items/${encodeURIComponent(api.sellerId)}/${encodeURIComponent(sku)}?marketplaceIds=${marketplaces.join(',')}`;
  const body = { productType: 'PRODUCT', patches: [patch] };
  try {
    return answerIn(await api.ask({ operation: 'patchListingsItem', method: 'PATCH', path, body }), patch.path.replace('/attributes/', ''));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return isUnknown(error) ? unknown(sku) : { code: error.code, faults: error.errors };
  }
};
