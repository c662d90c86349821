import { exponentOf } from '@cartage/contracts';

/** Stripe’s own digits of a currency (docs.stripe.com/currencies): where they are not those of ISO 4217, an amount has to be another number there. */
const zero: ReadonlySet<string> = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'JPY',
  'KMF',
  'KRW',
  'MGA',
  'PYG',
  'RWF',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
]);
const three: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

const digitsOf = (currency: string): number => (zero.has(currency) ? 0 : three.has(currency) ? 3 : 2);

/** In Stripe’s units; nothing where Stripe cannot move so little: of three digits it takes two, and of some currencies whole units only. */
export const toStripe = (currency: string, amount: number): number | undefined => {
  const scaled = amount * 10 ** (digitsOf(currency) - exponentOf(currency));
  if (!Number.isSafeInteger(scaled)) return undefined;
  return three.has(currency) && scaled % 10 !== 0 ? undefined : scaled;
};

/** In our minor units. */
export const fromStripe = (currency: string, amount: number): number => {
  const code = currency.toUpperCase();
  return Math.round(amount * 10 ** (exponentOf(code) - digitsOf(code)));
};
