import { termsOf, type ReturnPolicy, type ReturnTerms } from './policy';
import type { Sale, SoldLine } from './sale';

/** What holds of a line of a sale. */
export const termsIn = (policy: ReturnPolicy, { channel, deliveries }: Sale, { category, sku, shipGroupId }: SoldLine): ReturnTerms =>
  termsOf(policy, { channel, category, sku, country: deliveries.find((each) => each.shipGroupId === shipGroupId)?.country });
