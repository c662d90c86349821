import { exponentOf, worthIn, type Amount } from '@cartage/contracts';
import { makeValidator } from 'envalid';

/* What a setting may look like, and how it is read. */

const whole = (text: string, most: number): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) throw new Error(`${text} is no whole number from 1 to ${most}.`);
  return number;
};

export const wordsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** `KWD:300.5` is 300500 minor units. */
const amountIn = (entry: string): Amount => {
  const [, currency, whole, fraction = ''] = /^([A-Z]{3}):(\d{1,12})(?:\.(\d+))?$/.exec(entry) ?? [];
  if (currency === undefined || whole === undefined) throw new Error(`${entry} is no amount of a currency, such as GBP:2000.`);
  const digits = exponentOf(currency);
  if (fraction.length > digits) throw new Error(`${entry} has more than the ${digits} digits of ${currency} after its point.`);
  return { currency, amount: Number(`${whole}${fraction.padEnd(digits, '0')}`) };
};

/** Every other currency's limit follows from the first one given, so that has to have a rate. */
export const amountsOf = (text: string): readonly Amount[] => {
  const amounts = wordsOf(text).map(amountIn);
  const [first] = amounts;
  if (!first) throw new Error('It is empty: give an amount of at least one currency, such as GBP:2000.');
  if (worthIn(first, 'USD') === undefined)
    throw new Error(
      `No rough worth of ${first.currency} is kept, so no other currency's limit can follow from it: begin with another one.`,
    );
  return amounts;
};

/** A text of which every comma-separated word keeps a form. */
export const words = (form: RegExp) =>
  makeValidator<string>((text) => {
    const wrong = wordsOf(text).find((word) => !form.test(word));
    if (wrong !== undefined) throw new Error(`${wrong} has not the form ${form.source}.`);
    return text;
  });

/** The same for secrets: what is wrong is told by its place, never by its text. */
export const secretWords = (form: RegExp) =>
  makeValidator<string>((text) => {
    const wrong = wordsOf(text).findIndex((word) => !form.test(word));
    if (wrong >= 0) throw new Error(`Entry ${wrong + 1} has not the form ${form.source}.`);
    return text;
  });

export const amounts = makeValidator<string>((text) => {
  amountsOf(text);
  return text;
});
export const score = makeValidator<number>((text) => whole(text, 100));
export const share = makeValidator<number>((text) => (text === '0' ? 0 : whole(text, 100)));
export const positive = makeValidator<number>((text) => whole(text, Number.MAX_SAFE_INTEGER));
export const percent = makeValidator<number>((text) => (text === '0' ? 0 : whole(text, 1_000)));
