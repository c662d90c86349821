import { Refused, type Instant } from '@cartage/eventsourcing';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isISO8601, ValidateBy } from 'class-validator';
import { Trait } from './traits';

const SPELLING = '2026-11-23T10:00:00.000Z'.length;

/** No column, and no comparison of texts, takes a year of more than four digits: in UTC it may be one, where with its offset it was none. */
const isSpelt = (time: number): boolean => !Number.isNaN(time) && new Date(time).toISOString().length === SPELLING;

/** A time that means the same instant everywhere: ISO 8601 with Z or an offset. */
export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && isISO8601(value, { strict: true }) && /T.*(Z|[+-]\d\d:?\d\d)$/.test(value) && isSpelt(Date.parse(value));

export interface InstantRange {
  /** ISO 8601; nothing before it. */
  readonly earliest?: string;
  /** How far ahead of now it may lie. */
  readonly aheadMs?: number;
}

const DAY_MS = 86_400_000;

/** Any time that Postgres can keep: for filters, which may ask for whatever they like. */
export const ANY_TIME: InstantRange = { earliest: '0001-01-01T00:00:00Z', aheadMs: Infinity };

const within = (value: string, { earliest, aheadMs }: Required<InstantRange>): boolean => {
  const time = Date.parse(value);
  // The edge of the process: what a clock far off wrote must not get past it.
  return time >= Date.parse(earliest) && time <= Date.now() + aheadMs;
};

/** Postgres does not take every offset that ISO 8601 has, and texts in UTC compare as times do. */
const inUtc = (value: unknown): unknown => (isInstant(value) ? new Date(String(value)).toISOString() : value);

/**
 * Field of a DTO: an instant that can be so. A clock that stands at 1970, or a year mistyped, is refused by name: facts cannot be unsaid, and what
 * is dated years ahead would stay the newest for years. From 2000 to a day ahead unless said otherwise. Kept in one spelling: UTC, with milliseconds.
 */
export const IsInstant = ({ earliest = '2000-01-01T00:00:00Z', aheadMs = DAY_MS }: InstantRange = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ format: 'date-time' }),
    Trait({ spelling: inUtc }),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: isInstant,
        defaultMessage: () => 'must be an ISO 8601 time with Z or an offset, such as 2026-11-23T10:00:00Z',
      },
    }),
    ValidateBy({
      name: 'timeFarOff',
      validator: {
        validate: (value) => !isInstant(value) || within(String(value), { earliest, aheadMs }),
        defaultMessage: () => `lies too far off: before ${earliest}${Number.isFinite(aheadMs) ? ', or too far ahead of now' : ''}`,
      },
    }),
  );

const message = 'It must be a version, such as 3, or an ISO 8601 time with its offset, such as 2026-11-23T10:00:00Z.';

/** `asOf=3`: after its third event; `asOf=<time>`: as it stood then. Nothing: as it stands now. What is neither is refused by the name of its field. */
export const instantOf = (value: string | undefined, field = 'asOf'): Instant | undefined => {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return { version: Number(value) };
  if (isInstant(value)) return { time: value };
  throw new Refused('AS_OF_INVALID', `Query ${field}: ${message}`, 'invalid', [{ field, code: 'AS_OF_INVALID', message }]);
};
