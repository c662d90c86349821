import { unitsBySku } from './movement';
import { promisableOf, type NetworkStock } from './stock';

/** What was asked of a SKU, all lines together, and what could be promised of it. */
export interface Promised {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  readonly promisable: boolean;
}

export const promiseOf = (
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  networkOf: (sku: string) => NetworkStock | undefined,
): readonly Promised[] =>
  [...unitsBySku(lines)].map(([sku, requested]) => {
    const available = promisableOf(networkOf(sku));
    return { sku, requested, available, promisable: requested <= available };
  });
