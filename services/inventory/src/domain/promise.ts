import { wholeUnits, unitsBySku, withParts, piecesOf } from '@cartage/contracts';
import { atpOf, type NetworkStock } from './stock';

/** What was asked of a SKU, all lines together, and what could be promised of it. */
export interface Promised {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  readonly promisable: boolean;
}

/** One after the other: what a kit is made of is not there for those after it. `atpIn`: what the channel may have, where they are sold in one. */
export const promiseOf = (
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  networkOf: (sku: string) => NetworkStock | undefined,
  atpIn: (sku: string) => number = atpWith(networkOf),
): readonly Promised[] => {
  const left = new Map<string, number>();
  const leftOf = (sku: string): number => left.get(sku) ?? Math.max(0, atpIn(sku));
  return [...unitsBySku(lines)].map(([sku, requested]) => {
    const line = withParts({ sku }, networkOf(sku)?.kit ?? undefined);
    const available = wholeUnits(line, leftOf);
    const taken = Math.min(requested, available);
    for (const piece of piecesOf(line)) left.set(piece.sku, leftOf(piece.sku) - taken * piece.quantity);
    return { sku, requested, available, promisable: requested <= available };
  });
};

const atpWith =
  (networkOf: (sku: string) => NetworkStock | undefined) =>
  (sku: string): number => {
    const network = networkOf(sku);
    return network ? atpOf(network) : 0;
  };
