import { Trouble } from '../problem';

/** A price as it stands in the file, kept exact: `units` × 10^−`places`. */
interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

const decimalIn = (text: string): Decimal => {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === '') throw new Trouble(`${JSON.stringify(text)} is no price.`);
  return { units: BigInt(`${sign}${whole}${fraction}`), places: fraction.length };
};

const halfUp = (units: bigint, places: number): number => {
  const scale = 10n ** BigInt(places);
  const magnitude = units < 0n ? -units : units;
  const rounded = (2n * magnitude * 100n + scale) / (2n * scale);
  return Number(units < 0n ? -rounded : rounded);
};

/** What a line comes to: quantity × price, rounded half up to the penny. */
export const lineMoney = (quantity: number, price: string): number => {
  const { units, places } = decimalIn(price);
  return halfUp(BigInt(quantity) * units, places);
};

export const isNegative = (price: string): boolean => decimalIn(price).units < 0n;

/**
 * The same for Cartage, whose unit prices are whole pence: the price rounded up, and what that is too much as the line’s discount. Of the real file one
 * line of 209,029 needs it (1 × £0.001).
 */
export const pricedLine = (quantity: number, price: string): { readonly unitPrice: number; readonly discount: number } => {
  const { units, places } = decimalIn(price);
  const scale = 10n ** BigInt(places);
  const unitPrice = Number((units * 100n + scale - 1n) / scale);
  return { unitPrice, discount: quantity * unitPrice - lineMoney(quantity, price) };
};
