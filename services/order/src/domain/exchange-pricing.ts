import { EXCHANGE, sharesOf, type OrderLine, type TaxLine } from '@cartage/contracts';
import { sumOf } from './pricing';

/** The line that other goods stand for: they are taxed as it. */
export interface Like extends Pick<OrderLine, 'taxLines' | 'total'> {
  readonly taxIncluded: boolean;
}

/** What a line costs, taxes apart from it or in it as the order has it. */
type Priced = Pick<OrderLine, 'unitPrice' | 'discounts' | 'taxLines' | 'total'>;

/** The same taxes, in the same proportion. */
const taxesOn = (price: number, { taxLines, total, taxIncluded }: Like): readonly TaxLine[] => {
  const base = taxIncluded ? total : total - sumOf(taxLines);
  return base <= 0 ? [] : taxLines.map((tax) => ({ ...tax, amount: Math.round((price * tax.amount) / base) }));
};

export const atPrice = (unitPrice: number, quantity: number, like: Like): Priced => {
  const taxLines = taxesOn(unitPrice * quantity, like);
  return { unitPrice, discounts: [], taxLines, total: unitPrice * quantity + (like.taxIncluded ? 0 : sumOf(taxLines)) };
};

/** For what was paid for what comes back, to the last unit of money: what a price of whole units is beyond it, is a discount. */
export const evenly = (paid: number, quantity: number, { taxLines, total, taxIncluded }: Like): Priced => {
  const amounts = taxLines.map(({ amount }) => amount);
  const tax = sumOf(taxLines);
  const [rest = 0, taxed = 0] = sharesOf(paid, [Math.max(1, total) - tax, tax]);
  const shares = sharesOf(taxed, amounts);
  const price = taxIncluded ? paid : rest;
  const unitPrice = Math.ceil(price / quantity);
  const off = unitPrice * quantity - price;
  return {
    ...{ unitPrice, discounts: off > 0 ? [{ code: EXCHANGE, amount: off }] : [], total: paid },
    taxLines: taxLines.map((each, i) => ({ ...each, amount: shares[i] ?? 0 })),
  };
};
