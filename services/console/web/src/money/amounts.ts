/** How many digits a currency has behind its mark. */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Minor units, as somebody writes an amount to change it: `12.50`, without anything that belongs to a language. */
export const writtenAmount = (amount: number, currency: string): string => {
  const digits = digitsOf(currency);
  return (amount / 10 ** digits).toFixed(digits);
};

const AMOUNT = /^(\d{1,12})(?:[.,](\d{1,3}))?$/;

/** `12.50` and `12,5` in minor units of a currency; nothing where it is no amount of it. */
export const minorOf = (written: string, currency: string): number | undefined => {
  const [, whole, fraction = ''] = AMOUNT.exec(written.trim()) ?? [];
  const digits = digitsOf(currency);
  if (whole === undefined || fraction.length > digits) return undefined;
  return Number(`${whole}${fraction.padEnd(digits, '0')}`);
};
