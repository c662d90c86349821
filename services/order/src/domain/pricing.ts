import { limits, type Discount, type OrderLine, type ShipGroup, type TaxLine, type Totals } from '@cartage/contracts';
import { kinds, type Faults } from './faults';
import { namedGroup } from './named-group';
import type { Placement, PlacementLine, PlacementTax, Taxed } from './placement';
import { present } from './present';

type Absent = null | undefined;
const isTold = <Value>(value: Value | Absent): value is Value => value !== null && value !== undefined;

/** Either a sum in one number, or its parts; not both, of which one would be wrong. */
const either = (faults: Faults, [one, many]: readonly [unknown, unknown], field: string): void => {
  if (isTold(one) && isTold(many)) faults.note(field, 'TOLD_TWICE', 'must be told either in one or as a list, not both');
};

const taxLine = (faults: Faults, { name, rate, amount }: PlacementTax, at: string): TaxLine => {
  if (isTold(rate) && !(rate >= 0 && rate <= 1_000)) faults.note(`${at}.rate`, 'RATE_INVALID', 'must be percent, 0 or more');
  return {
    name: faults.text(kinds.taxName, name, `${at}.name`),
    ...present({ rate }),
    amount: faults.amount(amount, `${at}.amount`),
  };
};

/** What prices of an order mean, and where faults in them are noted. */
export interface Terms {
  readonly faults: Faults;
  readonly taxIncluded: boolean;
}

/** One amount without a name is one line of tax; none is none. */
export const taxLinesOf = (faults: Faults, { tax, taxLines }: Taxed, at: string): readonly TaxLine[] => {
  either(faults, [tax, taxLines], `${at}.tax`);
  if (isTold(taxLines)) return taxLines.map((each, i) => taxLine(faults, each, `${at}.taxLines[${i}]`));
  const amount = faults.amount(tax, `${at}.tax`);
  return amount === 0 ? [] : [{ name: 'Tax', amount }];
};

export const discountsOf = (
  faults: Faults,
  { discount, discounts }: Pick<PlacementLine, 'discount' | 'discounts'>,
  at: string,
): readonly Discount[] => {
  either(faults, [discount, discounts], `${at}.discount`);
  if (isTold(discounts))
    return discounts.map((each, i) => {
      const code = faults.optionalId(kinds.discountCode, each.code, `${at}.discounts[${i}].code`);
      return { ...present({ code }), amount: faults.amount(each.amount, `${at}.discounts[${i}].amount`) };
    });
  const amount = faults.amount(discount, `${at}.discount`);
  return amount === 0 ? [] : [{ amount }];
};

export const sumOf = (parts: readonly { readonly amount: number }[]): number => {
  let sum = 0;
  for (const { amount } of parts) sum += amount;
  return sum;
};

const attributesOf = (faults: Faults, { attributes }: PlacementLine, at: string): OrderLine['attributes'] | undefined => {
  if (!isTold(attributes)) return undefined;
  const named = Object.entries(attributes).map(([name, value]): [string, string] => [
    faults.text(kinds.attributeName, name, `${at}.attributes`),
    value === '' ? value : faults.text(kinds.attribute, value, `${at}.attributes.${name}`),
  ]);
  return Object.fromEntries(named);
};

/** What a line says beside its price. */
const told = (
  faults: Faults,
  line: PlacementLine,
  at: string,
): Pick<OrderLine, 'description' | 'finalSale' | 'attributes' | 'instructions'> =>
  present({
    description: faults.optionalText(kinds.description, line.description, `${at}.description`),
    finalSale: line.finalSale,
    attributes: attributesOf(faults, line, at),
    instructions: faults.optionalText(kinds.instructions, line.instructions, `${at}.instructions`),
  });

interface Priced {
  readonly discounts: readonly Discount[];
  readonly taxLines: readonly TaxLine[];
  readonly total: number;
}

const isCount = (quantity: number): boolean => Number.isSafeInteger(quantity) && quantity >= 1;

const priced = ({ faults, taxIncluded }: Terms, line: PlacementLine, at: string): Priced => {
  const goods = line.quantity * faults.amount(line.unitPrice, `${at}.unitPrice`);
  const [discounts, taxLines] = [discountsOf(faults, line, at), taxLinesOf(faults, line, at)];
  const [discount, tax] = [sumOf(discounts), sumOf(taxLines)];
  // No price is blamed for a quantity that is none.
  if (!isCount(line.quantity)) return { discounts, taxLines, total: 0 };
  if (!Number.isSafeInteger(goods)) faults.note(`${at}.unitPrice`, 'AMOUNT_TOO_LARGE', 'is too large to be counted exactly');
  if (goods >= 0 && discount > goods) faults.note(`${at}.discount`, 'DISCOUNT_TOO_LARGE', 'must not be more than the line’s price');
  else if (taxIncluded && tax > goods - discount)
    faults.note(`${at}.tax`, 'TAX_TOO_LARGE', 'must not be more than the price that it is said to be in');
  return { discounts, taxLines, total: goods - discount + (taxIncluded ? 0 : tax) };
};

/** Where a line stands: in the request, and in the order. */
export interface LinePlace {
  readonly at: string;
  /** Of a line that has no id of its own. */
  readonly number: number;
}

/** A line whose ship group is known. */
type GroupedLine = PlacementLine & Pick<OrderLine, 'shipGroupId'>;

/** A line as it is sold. */
export const soldLine = (terms: Terms, line: GroupedLine, { at, number }: LinePlace): OrderLine => {
  const { faults } = terms;
  const { quantity, unitPrice } = line;
  if (!isCount(quantity)) faults.note(`${at}.quantity`, 'QUANTITY_INVALID', 'must be a whole number, 1 or more');
  else if (quantity > limits.quantity) faults.note(`${at}.quantity`, 'QUANTITY_TOO_LARGE', `must be at most ${limits.quantity}`);
  return {
    lineId: faults.optionalId(kinds.lineId, line.lineId, `${at}.lineId`) ?? String(number),
    sku: faults.text(kinds.sku, line.sku, `${at}.sku`),
    quantity,
    unitPrice,
    ...priced(terms, line, at),
    shipGroupId: line.shipGroupId,
    ...told(faults, line, at),
  };
};

const requireDifferentIds = (faults: Faults, lines: readonly OrderLine[]): void => {
  const seen = new Set<string>();
  lines.forEach(({ lineId }, i) => {
    if (seen.has(lineId)) faults.note(`lines[${i}].lineId`, 'LINE_ID_DUPLICATE', `is in the order already: ${lineId}`);
    seen.add(lineId);
  });
};

export const linesOf = (terms: Terms, { lines: given }: Placement, shipGroups: readonly ShipGroup[]): readonly OrderLine[] => {
  const { faults } = terms;
  if (given.length === 0) faults.note('lines', 'LINES_MISSING', 'must have at least one line');
  if (given.length > limits.lines) faults.note('lines', 'TOO_MANY', `must be at most ${limits.lines} lines`);
  const lines = given.map((line, i) => {
    const at = `lines[${i}]`;
    const shipGroupId = namedGroup(faults, shipGroups, { told: line.shipGroupId, field: `${at}.shipGroupId` });
    return soldLine(terms, { ...line, shipGroupId }, { at, number: i + 1 });
  });
  requireDifferentIds(faults, lines);
  return lines;
};

/** Of a delivery that may cost something. */
export interface Charged {
  readonly charge: number;
  readonly taxLines: readonly TaxLine[];
}

/**
 * Amounts and units only add up, so that a sum that is exact at the end was exact on the way; and no sum of an order is more than what anybody who counts
 * it can hold.
 */
export const totalsOf = ({ faults, taxIncluded }: Terms, lines: readonly OrderLine[], deliveries: readonly Charged[]): Totals => {
  const sums = { goods: 0, discount: 0, shipping: 0, tax: 0 };
  for (const { charge, taxLines } of deliveries) {
    sums.shipping += charge;
    sums.tax += sumOf(taxLines);
  }
  let units = 0;
  for (const { quantity, unitPrice, discounts, taxLines } of lines) {
    units += quantity;
    sums.goods += quantity * unitPrice;
    sums.discount += sumOf(discounts);
    sums.tax += sumOf(taxLines);
  }
  if (units > limits.quantity) faults.note('lines', 'QUANTITY_TOO_LARGE', `are more than ${limits.quantity} units together`);
  if (sums.goods + sums.shipping + sums.tax > limits.amount)
    faults.note('lines', 'AMOUNT_TOO_LARGE', 'come to more together than can be counted exactly');
  return { ...sums, total: sums.goods - sums.discount + sums.shipping + (taxIncluded ? 0 : sums.tax) };
};
