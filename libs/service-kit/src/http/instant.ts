import { Refused, type Instant } from '@cartage/eventsourcing';
import { isISO8601, ValidateBy } from 'class-validator';

/** A time that means the same instant everywhere: ISO 8601 with Z or an offset. */
export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  isISO8601(value, { strict: true }) &&
  /T.*(Z|[+-]\d\d:?\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value));

/** Field of a DTO: an instant. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: { validate: isInstant, defaultMessage: () => 'must be an ISO 8601 time with Z or an offset' },
  });

const message = 'It must be a version, such as 3, or an ISO 8601 time with its offset, such as 2026-11-23T10:00:00Z.';

/** `asOf=3`: after its third event; `asOf=<time>`: as it stood then. Nothing: as it stands now. */
export const instantOf = (asOf: string | undefined): Instant | undefined => {
  if (asOf === undefined) return undefined;
  if (/^\d{1,9}$/.test(asOf)) return { version: Number(asOf) };
  if (isInstant(asOf)) return { time: asOf };
  throw new Refused('AS_OF_INVALID', `Query asOf: ${message}`, 'invalid', [{ field: 'asOf', code: 'AS_OF_INVALID', message }]);
};
