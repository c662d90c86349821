import { isISO8601, ValidateBy } from 'class-validator';

/** A time that means the same instant everywhere: ISO 8601 with Z or an offset. */
export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  isISO8601(value, { strict: true }) &&
  /T.*(Z|[+-]\d\d:?\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value));

export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: { validate: isInstant, defaultMessage: () => 'must be an ISO 8601 time with Z or an offset' },
  });
