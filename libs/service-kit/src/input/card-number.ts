/** Ranges of issuer numbers: `[from, to]`, compared with as many leading digits as they have. */
const issuers: Readonly<Record<number, readonly (readonly [string, string])[]>> = {
  // American Express
  15: [
    ['34', '34'],
    ['37', '37'],
  ],
  // Visa, Mastercard, Maestro, Mir, Discover and UnionPay (6), RuPay, JCB, Diners
  16: [
    ['4', '4'],
    ['51', '55'],
    ['2221', '2720'],
    ['2200', '2204'],
    ['50', '50'],
    ['56', '58'],
    ['6', '6'],
    ['81', '82'],
    ['3528', '3589'],
    ['300', '305'],
    ['36', '36'],
    ['38', '39'],
  ],
  // Visa, UnionPay, Discover, Maestro, JCB
  19: [
    ['4', '4'],
    ['50', '50'],
    ['56', '58'],
    ['6', '6'],
    ['3528', '3589'],
  ],
};

const isIssued = (digits: string): boolean =>
  (issuers[digits.length] ?? []).some(([from, to]) => {
    const start = digits.slice(0, from.length);
    return start >= from && start <= to;
  });

/** The check digit of ISO/IEC 7812. */
const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/**
 * 15 to 19 digits that may be parted by single blanks or dashes and stand alone: digits inside a longer word are something else, such as a
 * part of a UUID.
 */
const candidates = /(?<![\w-])\d(?:[ -]?\d){14,18}(?![\w-])/g;

/** Whether a card number (PAN) is in a text: right length, a known issuer, and the check digit holds. */
export const hasCardNumber = (text: string): boolean =>
  text.length >= 15 &&
  (text.match(candidates) ?? []).some((found) => {
    const digits = found.replace(/[ -]/g, '');
    return isIssued(digits) && passesLuhn(digits);
  });
