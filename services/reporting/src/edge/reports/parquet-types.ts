import { Refused } from '@cartage/eventsourcing';
import type { SchemaElement } from 'hyparquet';
import type { ReportColumn } from '../../domain/reports/report';

/** A column of a Parquet file, and how cells become its values. */
export interface ParquetColumn {
  readonly element: SchemaElement;
  readonly valueOf: (text: string) => unknown;
}

type Shape = Omit<SchemaElement, 'name' | 'repetition_type'>;
type Kind = readonly [shape: Shape, valueOf: (text: string) => unknown];

/** Numeric without a precision: as wide as a decimal of Parquet may be, as SQL engines of data lakes have it. */
const WIDEST = { precision: 38, scale: 9 };
/** As many digits as 64 bits hold. */
const LONG_DIGITS = 18;

const DAY_MS = 86_400_000;
const MICROS = { isAdjustedToUTC: true, unit: 'MICROS' } as const;

/** `12.345` as 1235n for two digits after the point; nothing for what is no number. Half is rounded away from zero, as Postgres does. */
export const scaledOf = (text: string, scale: number): bigint | undefined => {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const digits = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  const rounded = (fraction[scale] ?? '0') >= '5' ? digits + 1n : digits;
  return sign === '-' ? -rounded : rounded;
};

const decimal = ({ precision, scale }: { readonly precision: number; readonly scale: number }): Kind => {
  const logical_type = { type: 'DECIMAL', precision, scale } as const;
  const named = { converted_type: 'DECIMAL', precision, scale, logical_type } as const;
  const shape: Shape = precision <= LONG_DIGITS ? { type: 'INT64', ...named } : { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, ...named };
  const most = 10n ** BigInt(precision);
  return [
    shape,
    (text) => {
      const scaled = scaledOf(text, scale);
      return scaled !== undefined && scaled < most && -scaled < most ? scaled : undefined;
    },
  ];
};

/** Milliseconds are as far as dates of JavaScript go; the rest of the fraction is added. */
const microsOf = (text: string): bigint | undefined => {
  const [, day, time, fraction = ''] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  return BigInt(Date.parse(`${day}T${time}Z`)) * 1_000n + BigInt(fraction.padEnd(6, '0'));
};

const dayOf = (text: string): number | undefined => (/^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / DAY_MS : undefined);

const plainText: Kind = [{ type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }, (text) => text];
const whole: Kind = [{ type: 'INT32' }, Number];
const instant = (isAdjustedToUTC: boolean): Kind => [
  {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', ...MICROS, isAdjustedToUTC },
    ...(isAdjustedToUTC ? { converted_type: 'TIMESTAMP_MICROS' as const } : {}),
  },
  microsOf,
];

const kinds: Readonly<Record<string, Kind>> = {
  boolean: [{ type: 'BOOLEAN' }, (text) => text === 't'],
  smallint: whole,
  integer: whole,
  bigint: [{ type: 'INT64' }, BigInt],
  real: [{ type: 'DOUBLE' }, Number],
  'double precision': [{ type: 'DOUBLE' }, Number],
  date: [{ type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }, dayOf],
  timestamp: instant(false),
  timestamptz: instant(true),
  uuid: [{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }, (text) => text],
};

const kindOf = (type: string): Kind => {
  const numeric = /^numeric(?:\((\d+),(\d+)\))?$/.exec(type);
  if (!numeric) return kinds[type] ?? plainText;
  const [precision, scale] = [Number(numeric[1] ?? 99), Number(numeric[2] ?? 0)];
  return decimal(precision > WIDEST.precision || scale > precision ? WIDEST : { precision, scale });
};

const tooLarge = ({ name, type }: ReportColumn, text: string): Refused =>
  new Refused(
    'VALUE_TOO_LARGE',
    `Column ${name}: ${text.slice(0, 60)} is no ${type} that Parquet has. Cast it, such as ${name}::text.`,
    'invalid',
  );

export const parquetColumn = (column: ReportColumn): ParquetColumn => {
  const [shape, valueOf] = kindOf(column.type);
  return {
    element: { name: column.name, repetition_type: 'OPTIONAL', ...shape },
    valueOf: (text) => {
      const value = valueOf(text);
      if (value === undefined) throw tooLarge(column, text);
      return value;
    },
  };
};
