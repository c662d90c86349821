import { moneyText } from '../formats/formats';

type Quantity = Readonly<Intl.NumberFormatOptions>;

const unit = (name: string): Quantity => ({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 });

/** What a number of a column is of, by how columns are called: shares, days, hours. */
const quantities: readonly (readonly [RegExp, Quantity])[] = [
  [/_share$/, { style: 'percent', maximumFractionDigits: 1 }],
  [/^(?:days$|days_|transit_days_|from_days$|to_days$)/, unit('day')],
  [/^hours_/, unit('hour')],
];

/** Of an average of amounts: minor units with digits behind them. */
const AVERAGE_AMOUNT = /^cost_per_/;

/** A number in the reader’s form, with its unit; of an amount the currency that stands in its row. */
export const quantityText = (locale: string, column: string, value: number, currency?: string): string => {
  if (currency !== undefined && AVERAGE_AMOUNT.test(column)) return moneyText(locale, value, currency);
  const known = quantities.find(([name]) => name.test(column));
  return new Intl.NumberFormat(locale, known?.[1] ?? { maximumFractionDigits: 2 }).format(value);
};
