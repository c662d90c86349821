/** Why a row cannot be used: the column and what is wrong with it. */
export class BadCell extends Error {
  override readonly name = 'BadCell';

  constructor(
    readonly column: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** The cells of one row, by the names of the columns. */
export class Cells {
  constructor(
    private readonly textOf: (column: string) => string | undefined,
    /** All columns that are there. */
    readonly names: readonly string[] = [],
  ) {}

  /** A text that must be there. */
  text(column: string): string {
    const text = this.optional(column);
    if (text === undefined) throw new BadCell(column, 'is empty');
    return text;
  }

  /** Nothing where the column is missing or its cell is empty. */
  optional(column: string): string | undefined {
    const text = this.textOf(column)?.trim();
    return text === undefined || text === '' ? undefined : text;
  }

  number(column: string, { least = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY } = {}): number {
    const text = this.text(column);
    const value = Number(text);
    if (!Number.isFinite(value) || !/^[-+]?[\d.]/.test(text)) throw new BadCell(column, `is no number: ${shortened(text)}`);
    if (value < least) throw new BadCell(column, `is less than ${least}`);
    if (value <= above) throw new BadCell(column, `is not above ${above}`);
    return value;
  }

  /** Milliseconds since 1970. */
  instant(column: string): number {
    return instantOf(this.text(column)) ?? Cells.noDate(column, this.text(column));
  }

  optionalInstant(column: string): number | undefined {
    const text = this.optional(column);
    return text === undefined ? undefined : (instantOf(text) ?? Cells.noDate(column, text));
  }

  private static noDate(column: string, text: string): never {
    throw new BadCell(column, `is no date such as 2026-11-28 or 2026-11-28T09:15:00Z: ${shortened(text)}`);
  }
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const form = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const DAY_MS = 86_400_000;

/** No calendar has a 30th of February. */
const isDay = (date: string): boolean => {
  const instant = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
};

/** A date, or a date with a time; without a zone it is UTC. Nothing for what is none. */
export const instantOf = (text: string): number | undefined => {
  const match = form.exec(text);
  if (match === null || !isDay(text.slice(0, 10))) return undefined;
  const millis = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 && match[1] === undefined ? 'Z' : ''}`);
  return Number.isNaN(millis) ? undefined : millis;
};

export const dayNumber = (instant: number): number => Math.floor(instant / DAY_MS);

/** `2026-11-28`. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 1970 began on a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
