import { identifierOf, normalised, textFault, type TextFault, type TextKind } from './input';
import { count, list, object, text, word, type Static } from './schema';

/**
 * What is printed on goods for scanners: a number of GS1 (GTIN-8, GTIN-12 or UPC-A, GTIN-13 or EAN, GTIN-14; GS1 General Specifications, 3.3 and 7.9), or a code of
 * the retailer's own, as Code 128 holds it.
 */
export const barcodeKinds = ['gtin', 'own'] as const;
export type BarcodeKind = (typeof barcodeKinds)[number];

export const barcodeLimits = {
  /** Characters of a code. GS1 allows 48 in one GS1-128 symbol; longer ones of other kinds are hardly read. */
  code: 48,
  /** Characters that a scanner may type at once: a GS1 element string, or the address of a GS1 Digital Link. */
  scan: 200,
  /** Codes of one item. */
  each: 100,
  /** Units that one code may stand for. */
  units: 1_000_000,
} as const;

export const barcode = object({
  code: text('As it is printed: digits of a GTIN, or a code of the retailer’s own.'),
  kind: word(barcodeKinds, 'treat as `own`', '`gtin`: a number of GS1, whose check digit is right; `own`: the retailer’s own code.'),
  units: count('Units of the item that one scan of it stands for: 12 on a case of twelve.'),
});
export type Barcode = Static<typeof barcode>;

export const barcodes = list(
  barcode,
  'What is printed on it and its packs. A code stands for one item at a time; one that moves to another may be heard of there first.',
);

/** GS1 separates elements by FNC1, which scanners type as this. */
const SEPARATOR = '\u001d';

/** Printable ASCII, which Code 128 holds and every scanner types. */
export const barcodeKind: TextKind = {
  ...identifierOf(barcodeLimits.code),
  refused: /[^\x20-\x7e]/u,
  refusal: 'must hold letters, digits and marks of ASCII only, as Code 128 does',
};

/** What a scanner typed, whole. */
export const scanKind: TextKind = {
  ...identifierOf(barcodeLimits.scan),
  refused: /[^\x1d\x20-\x7e]/u,
  refusal: 'must hold letters, digits and marks of ASCII only',
};

const GTIN_FORM = /^(?:\d{8}|\d{12,14})$/;

/** The digit that GS1 has follow these: they weigh 3 and 1 in turn, from the last one on. */
export const checkDigitOf = (digits: string): number => {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
};

/** Zeros alone would pass every check, and name nothing. */
const isNothing = (digits: string): boolean => /^0*$/.test(digits);

/** Whether it is a GTIN: its length, and its check digit. */
export const isGtin = (code: string): boolean =>
  GTIN_FORM.test(code) && !isNothing(code) && checkDigitOf(code.slice(0, -1)) === Number(code.at(-1));

/** What a code is where nobody said so: what is as long as a GTIN is one, and its check digit counts. */
export const barcodeKindOf = (code: string): BarcodeKind => (GTIN_FORM.test(code) ? 'gtin' : 'own');

/** As it is compared: a GTIN by its 14 digits, whichever of its forms was printed; any other code by itself. */
export const barcodeKey = (code: string): string => (isGtin(code) ? code.padStart(14, '0') : code);

const OWN = 'or say that it is your own: "kind":"own"';

const gtinFault = (code: string): string | undefined => {
  if (!GTIN_FORM.test(code)) return 'must be the 8, 12, 13 or 14 digits of a GTIN, without blanks and dashes';
  if (isNothing(code)) return 'must not be zeros only';
  if (isGtin(code)) return undefined;
  const digits = code.slice(0, -1);
  return `must end in ${checkDigitOf(digits)}, the check digit of a GTIN-${code.length}: look at the goods whether ${digits}${checkDigitOf(digits)} is meant, ${OWN}`;
};

/**
 * What was a GTIN before people or spreadsheets wrote it: with the dashes of a book's ISBN or the blanks of its print, rounded to `4.00638E+12`, or without the zeros
 * that it begins with. No scanner types it so.
 */
const spoiltFault = (code: string): string | undefined => {
  const digits = code.replaceAll(/[ -]/g, '');
  if (digits !== code && isGtin(digits)) return `must be written as scanners read it: ${digits}`;
  if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(code)) return `must be all of its digits: a spreadsheet has rounded them, ${OWN}`;
  const whole = code.padStart(12, '0');
  return /^\d{9,11}$/.test(code) && isGtin(whole)
    ? `must be written with all of its zeros, ${whole}, if that is on the goods, ${OWN}`
    : undefined;
};

/** What is wrong with a code of an item; nothing when it is one. `kind` as it was said, if it was. */
export const barcodeFault = (code: string, kind?: string): TextFault | undefined => {
  const fault = textFault(barcodeKind, code);
  if (fault || kind === 'own') return fault;
  const message = (kind ?? barcodeKindOf(code)) === 'gtin' ? gtinFault(code) : spoiltFault(code);
  return message === undefined ? undefined : { code: 'CODE_INVALID', message };
};

/** Lengths, identifier included, of elements that no separator ends (GS1 General Specifications, 7.8.5). */
const fixedLengths: Readonly<Record<string, number>> = {
  ...{ '00': 20, '01': 16, '02': 16, '03': 16, '04': 18, '20': 4, '41': 16 },
  ...Object.fromEntries(['11', '12', '13', '14', '15', '16', '17', '18', '19'].map((ai) => [ai, 8])),
  ...Object.fromEntries(['31', '32', '33', '34', '35', '36'].map((ai) => [ai, 10])),
};

const elementsOf = (scanned: string): readonly string[] => {
  const elements: string[] = [];
  let rest = scanned;
  while (rest !== '') {
    const separated = rest.indexOf(SEPARATOR);
    const end = fixedLengths[rest.slice(0, 2)] ?? (separated < 0 ? rest.length : separated);
    elements.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^\x1d+/, '');
  }
  return elements;
};

/** The GTIN of an element string: application identifier 01, as scanners type it, or in brackets as people read it. */
const gtinOfElements = (scanned: string): string | undefined =>
  scanned.startsWith('(')
    ? /\(01\)(\d{14})(?!\d)/.exec(scanned)?.[1]
    : elementsOf(scanned)
        .find((element) => element.startsWith('01'))
        ?.slice(2);

/** The GTIN of a GS1 Digital Link, such as `https://id.example/01/09506000134352/10/ABC`. */
const gtinOfLink = (scanned: string): string | undefined => /^https?:\/\/.*?\/01\/(\d{8,14})(?![^/?#])/i.exec(scanned)?.[1];

/** Where no symbology says that elements follow, only what begins with a GTIN is taken for them. */
const isOfElements = (scanned: string): boolean => /^(?:\]C1|\]e0|\]d2|\]Q3|\]J1|\x1d|\(\d{2,4}\)|01\d{14})/.test(scanned);

const gtinIn = (scanned: string, bare: string): string | undefined => {
  const gtin = gtinOfLink(bare) ?? (isOfElements(scanned) ? gtinOfElements(bare.replace(/^\x1d+/, '')) : undefined);
  return gtin !== undefined && isGtin(gtin) ? gtin : undefined;
};

/**
 * What a scanned text may stand for, as codes are compared, the likeliest first: the text itself; without the symbology that a scanner may put before it (`]C1`,
 * `]E0`; ISO/IEC 15424); and the GTIN of GS1's element string or link. Of the other elements (lot, expiry, serial number) nothing is read.
 */
export const scannedKeys = (scanned: string): readonly string[] => {
  const said = normalised(scanned);
  const bare = said.replace(/^\][A-Za-z][0-9A-Za-z]/, '');
  const keys = [said, bare, gtinIn(said, bare)].flatMap((code) => (code === undefined || code === '' ? [] : barcodeKey(code)));
  return [...new Set(keys)].filter((key) => key.length <= barcodeLimits.code);
};
