import { clockIn } from '@cartage/contracts';
import { canonicalJson, Refused, type FieldError } from '@cartage/eventsourcing';
import { timeOf, type CellFormats, type Read } from './cells';

/** How the lines of somebody’s files are read: which column holds which field, and how its cells are written. */
export interface ColumnMapping<Field extends string> extends CellFormats {
  /** A column of NDJSON may be a path, such as `amount.value`. */
  readonly columns: Partial<Readonly<Record<Field, string>>>;
  /** Of lines that do not say theirs. */
  readonly currency?: string;
  /** Between the cells of a CSV file. */
  readonly delimiter: ',' | ';' | '\t' | '|';
}

/** What is not said of a mapping. */
export const usualFormats = { dateFormat: 'iso', zone: 'UTC', decimalMark: '.', units: 'major', delimiter: ',' } as const;

const isZone = (zone: string): boolean => {
  try {
    return Number.isFinite(clockIn(zone, 0));
  } catch {
    return false;
  }
};

const datePattern = /^(yyyy|MMM|MM|dd|HH|mm|ss|[^A-Za-z]|T)+$/;
const isDateFormat = (format: string): boolean =>
  format === 'iso' || format === 'unix' || (datePattern.test(format) && ['yyyy', 'MM', 'dd'].every((part) => format.includes(part)));

export const incompleteMapping = (field: string, message: string): FieldError => ({ field, code: 'MAPPING_INCOMPLETE', message });

/** Refuses a mapping that could read no line: `missing` is what its reader misses of it. */
export const requireReadable = <Mapping extends Pick<CellFormats, 'zone' | 'dateFormat'>>(
  mapping: Mapping,
  missing: readonly FieldError[],
): Mapping => {
  const errors = [
    ...missing,
    ...(isZone(mapping.zone) ? [] : [{ field: 'zone', code: 'ZONE_UNKNOWN', message: 'must be an IANA time zone, such as Europe/London' }]),
    ...(isDateFormat(mapping.dateFormat)
      ? []
      : [{ field: 'dateFormat', code: 'DATE_FORMAT_INVALID', message: 'must be iso, unix, or a pattern such as dd/MM/yyyy HH:mm:ss' }]),
  ];
  if (errors.length === 0) return mapping;
  throw new Refused('MAPPING_INVALID', 'Lines cannot be read in this way.', 'invalid', errors);
};

/** A line of a file as it came. */
export type MappedRecord = Readonly<Record<string, unknown>>;

const at = (record: unknown, path: readonly string[]): unknown => {
  const [field, ...below] = path;
  if (field === undefined) return record;
  return typeof record === 'object' && record !== null && Object.hasOwn(record, field) ? at(Reflect.get(record, field), below) : undefined;
};

/** What stands in a cell; nothing where it is empty, or no text or number. */
export const textAt = (record: MappedRecord, column: string | undefined): string | undefined => {
  const value = column === undefined ? undefined : at(record, column.split('.'));
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
};

const LONGEST = 200;

/** Reads the cells of one line, and collects what is wrong with them, by column. */
export class MappedCells<Field extends string> {
  readonly errors: FieldError[] = [];

  constructor(
    private readonly record: MappedRecord,
    private readonly mapping: ColumnMapping<Field>,
  ) {}

  text(field: Field): string | undefined {
    const text = textAt(this.record, this.mapping.columns[field]);
    if (text === undefined || text.length <= LONGEST) return text;
    return this.fails(field, 'TEXT_TOO_LONG', `must be at most ${LONGEST} characters long`);
  }

  read<Value>(field: Field, reading: (text: string) => Read<Value>): Value | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    const read = reading(text);
    return 'value' in read ? read.value : this.fails(field, read.code, read.message);
  }

  /** A cell that must not be empty. */
  required<Value>(field: Field, reading: (text: string) => Read<Value>): Value | undefined {
    return this.text(field) === undefined ? this.missing(field) : this.read(field, reading);
  }

  time(field: Field): string | undefined {
    return this.required(field, (text) => timeOf(text, this.mapping));
  }

  /** Of the line, or of all lines. */
  currency(field: Field): string | undefined {
    const code = this.text(field)?.toUpperCase() ?? this.mapping.currency;
    if (code !== undefined && /^[A-Z]{3}$/.test(code)) return code;
    return this.fails(field, 'CURRENCY_INVALID', 'must be a code of ISO 4217, such as GBP');
  }

  fails(field: Field, code: string, message: string): undefined {
    this.errors.push({ field: this.mapping.columns[field] ?? field, code, message });
    return undefined;
  }

  missing(field: Field): undefined {
    return this.fails(field, 'VALUE_MISSING', 'must not be empty');
  }
}

/** What lines of one file are called: by their numbers at whoever wrote it, or by what they say and which one of those it is that say the same. */
export class LineNames {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly idFor: (...parts: readonly string[]) => string,
    private readonly of: readonly [name: string, source: string],
  ) {}

  numbered(...number: readonly string[]): string {
    return this.idFor(...this.of, ...number);
  }

  saying(draft: unknown): string {
    const said = this.idFor(...this.of, canonicalJson(draft));
    const times = (this.seen.get(said) ?? 0) + 1;
    this.seen.set(said, times);
    return times === 1 ? said : this.idFor(this.of[0], said, String(times));
  }
}
