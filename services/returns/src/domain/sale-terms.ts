import { termsOf, type ReturnPolicy, type ReturnTerms } from './policy';
import type { Sale, SoldLine } from './sale';

/** What holds of a line of a sale. What was delivered digitally cannot be sent back, unless an exception of the policy says otherwise. */
export const termsIn = (
  policy: ReturnPolicy,
  { channel, deliveries }: Sale,
  { category, sku, shipGroupId, digital }: SoldLine,
): ReturnTerms =>
  termsOf(digital ? { ...policy, terms: { ...policy.terms, finalSale: true } } : policy, {
    channel,
    category,
    sku,
    country: deliveries.find((each) => each.shipGroupId === shipGroupId)?.country,
  });
