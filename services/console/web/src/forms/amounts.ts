import { digitsOf } from '../formats/formats';

const AMOUNT = /^(\d{1,12})(?:[.,](\d{1,4}))?$/;

/** `12.50` and `12,5` in minor units of a currency; nothing where it is no amount of it. */
export const minorOf = (written: string, currency: string): number | undefined => {
  const [, whole, fraction = ''] = AMOUNT.exec(written.trim()) ?? [];
  const digits = digitsOf(currency);
  if (whole === undefined || fraction.length > digits) return undefined;
  return Number(`${whole}${fraction.padEnd(digits, '0')}`);
};
