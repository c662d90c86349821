import { exponentOf, offsetIn } from '@cartage/contracts';

/** How the cells of a file are written. */
export interface CellFormats {
  /** `iso`, `unix` (seconds), or a pattern of yyyy, MM, MMM, dd, HH, mm, ss and what stands between them. */
  readonly dateFormat: string;
  /** IANA zone of times that do not name theirs. */
  readonly zone: string;
  readonly decimalMark: '.' | ',';
  /** Of amounts. */
  readonly units: 'major' | 'minor';
}

/** What a cell says, or why nobody can tell. */
export type Read<Value> = { readonly value: Value } | { readonly code: string; readonly message: string };

const wrong = (code: string, message: string) => ({ code, message });

/** Groups of three only: `12,50` with a point as its decimal mark is no twelve hundred and fifty. */
const grouped = (mark: '.' | ','): RegExp =>
  mark === '.'
    ? /^\d{1,3}(?:[, '’\u00a0\u202f]\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/
    : /^\d{1,3}(?:[. '’\u00a0\u202f]\d{3})+(?:,\d+)?$|^\d+(?:,\d+)?$/;

/** `-1.234,50`, `(1,234.50)` and `1234.50-` are known ways to write an amount; none of them passes through a float. */
const signed = (text: string): readonly [sign: 1 | -1, digits: string] => {
  const inside = /^\((.*)\)$/.exec(text)?.[1];
  if (inside !== undefined) return [-1, inside.trim()];
  return [/^[-−]|[-−]$/.test(text) ? -1 : 1, text.replaceAll(/^[+\-−]\s*|\s*[-−]$/g, '')];
};

const minor = (digits: string, currency: string, { decimalMark, units }: CellFormats): Read<number> => {
  const plain = digits.replaceAll(decimalMark === '.' ? /[, '’\u00a0\u202f]/g : /[. '’\u00a0\u202f]/g, '').replace(',', '.');
  const [whole = '', fraction = ''] = plain.split('.');
  const exponent = units === 'minor' ? 0 : exponentOf(currency);
  if (/[^0]/.test(fraction.slice(exponent)))
    return wrong('AMOUNT_TOO_FINE', `has more than the ${exponent} digits of ${currency} after its mark`);
  const value = Number(`${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`);
  return Number.isSafeInteger(value) ? { value } : wrong('AMOUNT_TOO_LARGE', 'is too large to be an amount');
};

export const amountOf = (text: string, currency: string, mapping: CellFormats): Read<number> => {
  const [sign, digits] = signed(text.trim());
  if (!grouped(mapping.decimalMark).test(digits))
    return wrong('AMOUNT_INVALID', `must be an amount with ${mapping.decimalMark} as its decimal mark`);
  const read = minor(digits, currency, mapping);
  return 'value' in read ? { value: read.value === 0 ? 0 : sign * read.value } : read;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const parts = {
  yyyy: '(?<yyyy>\\d{4})',
  MMM: '(?<MMM>[A-Za-z]{3})',
  MM: '(?<MM>\\d{1,2})',
  dd: '(?<dd>\\d{1,2})',
  HH: '(?<HH>\\d{1,2})',
  mm: '(?<mm>\\d{2})',
  ss: '(?<ss>\\d{2})',
} as const;

const patternOf = (format: string): RegExp => {
  const source = format
    .split(/(yyyy|MMM|MM|dd|HH|mm|ss)/)
    .map((piece) => (piece in parts ? parts[piece as keyof typeof parts] : piece.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)))
    .join('');
  return new RegExp(`^${source}$`);
};

/** The instant at which the clocks of a zone show this. */
const instantIn = (zone: string, clock: number): number => clock - offsetIn(zone, clock - offsetIn(zone, clock));

const clockOf = (found: Readonly<Record<string, string | undefined>>): number | undefined => {
  const month = found['MMM'] === undefined ? Number(found['MM']) : months.indexOf(found['MMM'].toLowerCase()) + 1;
  const [year, day, hour, minute, second] = ['yyyy', 'dd', 'HH', 'mm', 'ss'].map((part) => Number(found[part] ?? 0));
  const clock = Date.UTC(year ?? 0, month - 1, day, hour, minute, second);
  // The 31st of February is no day.
  return new Date(clock).getUTCMonth() === month - 1 && new Date(clock).getUTCDate() === day && (hour ?? 0) < 24 ? clock : undefined;
};

const isoClock = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

const isoOf = (text: string, zone: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  if (!isoClock.test(text)) return Date.parse(text);
  const clock = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`);
  return Number.isNaN(clock) ? undefined : instantIn(zone, clock);
};

const millisOf = (text: string, { dateFormat, zone }: Pick<CellFormats, 'dateFormat' | 'zone'>): number | undefined => {
  if (dateFormat === 'iso') return isoOf(text, zone);
  if (dateFormat === 'unix') return /^\d{1,11}$/.test(text) ? Number(text) * 1_000 : undefined;
  const found = patternOf(dateFormat).exec(text)?.groups;
  const clock = found && clockOf(found);
  return clock === undefined ? undefined : instantIn(zone, clock);
};

/** The years in which somebody can have settled something. */
const isLikely = (millis: number): boolean => millis >= Date.UTC(2000, 0, 1) && millis < Date.UTC(2100, 0, 1);

export const timeOf = (text: string, mapping: Pick<CellFormats, 'dateFormat' | 'zone'>): Read<string> => {
  const millis = millisOf(text.trim(), mapping);
  return millis !== undefined && isLikely(millis)
    ? { value: new Date(millis).toISOString() }
    : wrong('TIME_INVALID', `must be a time written as ${mapping.dateFormat}`);
};
