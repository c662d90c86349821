/**
 * What identifiers, codes, texts and numbers are, everywhere they come in: one definition for orders, stock, routing, shipping and returns, so that what one
 * service takes no other refuses. Texts are normalised before they are looked at: Unicode NFC, no blanks around them.
 */
export const limits = {
  /** Stock keeping unit. Case counts: `MX-1` and `mx-1` are two. */
  sku: 128,
  /** A channel's own number of an order or a return. */
  externalId: 200,
  /** Codes that operators choose: locations, channels, carriers, services. */
  code: 64,
  lineId: 100,
  /** Units of one line, and of all lines of an order together. */
  quantity: Number.MAX_SAFE_INTEGER,
  /** Minor units of one amount, and of all amounts of an order together. */
  amount: Number.MAX_SAFE_INTEGER,
  /** Lines of one order. */
  lines: 20_000,
} as const;

/** As it is kept and compared: `'P10-CAFE\u0301 '` is `'P10-CAFÉ'`. */
export const normalised = (text: string): string => text.normalize('NFC').trim();

/** Control characters (line breaks and tabs among them) and halves of surrogate pairs: in no identifier, and in no file, label or table of others. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** What a text may not hold anywhere: NUL, which no column of Postgres takes, and halves of surrogate pairs, which are no characters. */
const unkeepable = /[\0\p{Cs}]/u;

export const isKeepable = (text: string): boolean => !unkeepable.test(text);

/** Why a normalised text is no identifier of at most `longest` characters; nothing when it is one. Readable after the field's name: "must …". */
export const identifierFault = (text: string, longest: number): string | undefined => {
  if (text === '') return 'must not be empty';
  if (text.length > longest) return `must be at most ${longest} characters long`;
  return unprintable.test(text) ? 'must not hold control characters, line breaks or halves of characters' : undefined;
};

const code = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Why a text is no code; nothing when it is one. */
export const codeFault = (text: string): string | undefined =>
  text.length <= limits.code && code.test(text)
    ? undefined
    : `must be 1 to ${limits.code} letters, digits, dots, dashes or underscores, the first a letter or a digit`;
