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
  /** Units of one line, and of all lines of an order together: far above any order, and so small that units of a kit's parts can be counted exactly, too. */
  quantity: 100_000_000_000,
  /** Minor units of one amount, and of all amounts of an order together. */
  amount: Number.MAX_SAFE_INTEGER,
  /** Lines of one order. */
  lines: 20_000,
} as const;

/** As it is kept and compared: `'P10-CAFE\u0301 '` is `'P10-CAFÉ'`. */
export const normalised = (text: string): string => text.normalize('NFC').trim();

/** What a text may not hold anywhere: NUL, which no column of Postgres takes, and halves of surrogate pairs, which are no characters. */
const unkeepable = /[\0\p{Cs}]/u;

export const isKeepable = (text: string): boolean => !unkeepable.test(text);

/** What is wrong with a text: a stable code, and words that are readable after the field's name: "must …". */
export interface TextFault {
  readonly code: 'REQUIRED' | 'TOO_LONG' | 'CHARACTER_REFUSED' | 'CODE_INVALID';
  readonly message: string;
}

/** One kind of text. Judged once normalised. */
export interface TextKind {
  /** Characters (code points), not bytes. */
  readonly longest: number;
  /** Matches what may stand nowhere in it. */
  readonly refused: RegExp;
  readonly refusal: string;
  /** What the whole must look like, if not everything is allowed. */
  readonly form?: { readonly pattern: RegExp; readonly message: string };
}

/**
 * Control characters (line breaks and tabs among them), halves of surrogate pairs, and characters that nobody sees (soft hyphen, zero-width blank,
 * direction marks): in no file, label or table of others, and two names that look the same would be two things. The joiners of emoji and of Arabic
 * and Indic scripts are seen, and stay.
 */
const unprintable = /[\p{Cc}\p{Cs}\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/u;

/** Free text of one line may hold direction marks: names in mixed scripts need them. */
const control = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** Free text of several lines may hold tabs and line breaks, too. */
const controlButBreaks = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** What names a thing and is compared as a whole: case counts, and every printable character may stand in it. */
export const identifierOf = (longest: number): TextKind => ({
  longest,
  refused: unprintable,
  refusal: 'must not hold control characters, line breaks, halves of characters or characters that nobody sees',
});

/** Free text on one line, such as a name or a city. */
export const lineOf = (longest: number): TextKind => ({
  longest,
  refused: control,
  refusal: 'must not hold control characters, line breaks or halves of characters',
});

/** Free text of several lines, such as a note. */
export const linesOf = (longest: number): TextKind => ({
  longest,
  refused: controlButBreaks,
  refusal: 'must not hold control characters or halves of characters',
});

export const codeKind: TextKind = {
  ...identifierOf(limits.code),
  form: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    message: `must be 1 to ${limits.code} letters, digits, dots, dashes or underscores, the first a letter or a digit`,
  },
};

const isLonger = (text: string, longest: number): boolean =>
  text.length > longest && (text.length > 2 * longest || [...text].length > longest);

/** What is wrong with a normalised text; nothing when it is of this kind. */
export const textFault = (kind: TextKind, text: string): TextFault | undefined => {
  const { longest, refused, refusal, form } = kind;
  if (text === '') return { code: 'REQUIRED', message: 'must not be empty' };
  if (isLonger(text, longest)) return { code: 'TOO_LONG', message: `must be at most ${longest} characters long` };
  if (refused.test(text)) return { code: 'CHARACTER_REFUSED', message: refusal };
  return form && !form.pattern.test(text) ? { code: 'CODE_INVALID', message: form.message } : undefined;
};

/** Why a normalised text is no identifier of at most `longest` characters; nothing when it is one. Readable after the field's name: "must …". */
export const identifierFault = (text: string, longest: number): string | undefined => textFault(identifierOf(longest), text)?.message;

/** Why a text is no code; nothing when it is one. */
export const codeFault = (text: string): string | undefined => textFault(codeKind, text) && codeKind.form?.message;

/** What stands under this name in an object whose names people chose; nothing where nobody put it there, also under a name that every object inherits, such as `constructor`. */
export const ownValue = <Value>(values: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
  values && Object.hasOwn(values, name) ? values[name] : undefined;
