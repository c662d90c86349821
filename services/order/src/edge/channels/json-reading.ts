import { exponentOf } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

export const invalid = (faults: readonly FieldError[]): Refused =>
  new Refused(
    'MESSAGE_INVALID',
    `The message cannot be read. ${faults.map(({ field, message }) => `${field} ${message}.`).join(' ')}`,
    'invalid',
    faults,
  );

export const parsedJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw invalid([{ field: 'body', code: 'MESSAGE_INVALID', message: 'must be JSON' }]);
  }
};

/** What buyers paste into a field may hold anything: what no text may hold is a blank. Line breaks and tabs stay. */
const unwritable = /[^\P{Cc}\t\n\r]|\p{Cs}/gu;
const breaks = /[\t\n\r\u2028\u2029]+/g;

/** Reads a channel's JSON, in which anything may be missing, null, or a number written as text, and notes what is wrong by the channel's own names. */
export class JsonReading {
  readonly faults: FieldError[] = [];

  note(field: string, message: string): void {
    this.faults.push({ field, code: 'MESSAGE_INVALID', message });
  }

  /** Nothing where it is missing, null or blank. */
  optionalText(from: Fields, name: string): string | undefined {
    const value = from[name];
    if (typeof value === 'number') return String(value);
    const text = typeof value === 'string' ? value.replaceAll(unwritable, ' ') : '';
    return text.trim() === '' ? undefined : text;
  }

  /** The same, on one line. */
  optionalLine(from: Fields, name: string): string | undefined {
    return this.optionalText(from, name)?.replaceAll(breaks, ' ');
  }

  text(from: Fields, name: string, at: string): string {
    const text = this.optionalText(from, name);
    if (text === undefined) this.note(`${at}${name}`, 'is missing');
    return text ?? '';
  }

  time(from: Fields, name: string, at: string): string {
    const time = new Date(this.text(from, name, at));
    if (!Number.isNaN(time.getTime())) return time.toISOString();
    this.note(`${at}${name}`, 'must be an ISO 8601 time with its zone');
    return '';
  }

  units(from: Fields, name: string, at: string): number {
    const value = from[name];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    this.note(`${at}${name}`, 'must be a whole number, 0 or more');
    return 0;
  }

  number(from: Fields, name: string): number | undefined {
    const text = this.optionalText(from, name);
    return text === undefined || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  /** A decimal number of a currency, as text or number, in minor units: exactly, and so without floating point. */
  amount(value: unknown, currency: string, field: string): number {
    const amount = minorUnitsIn(String(value ?? '0').trim(), exponentOf(currency));
    if (amount !== undefined) return amount;
    this.note(field, `must be a decimal number of ${currency} with at most ${exponentOf(currency)} digits after the point`);
    return 0;
  }

  list(from: Fields, name: string): readonly Fields[] {
    const value = from[name];
    return Array.isArray(value) ? value.filter(isFields) : [];
  }

  part(from: Fields, name: string): Fields | undefined {
    const value = from[name];
    return isFields(value) ? value : undefined;
  }

  /** Throws when anything was noted. */
  refuse(): void {
    if (this.faults.length > 0) throw invalid(this.faults);
  }
}

export const minorUnitsIn = (text: string, digits: number): number | undefined => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || !/^0*$/.test(fraction.slice(digits))) return undefined;
  const amount = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(amount)) return undefined;
  return sign === '-' && amount !== 0 ? -amount : amount;
};
