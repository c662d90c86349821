import { Refused, type Instant } from '@cartage/eventsourcing';
import { isISO8601 } from 'class-validator';

const message = 'It must be a version, such as 3, or an ISO 8601 time with its offset, such as 2026-11-23T10:00:00Z.';

const isTime = (text: string): boolean =>
  /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) && isISO8601(text, { strict: true, strictSeparator: true }) && !Number.isNaN(Date.parse(text));

/** `asOf=3`: after the third event; `asOf=<time>`: as it stood then. Nothing: as it stands now. */
export const instantOf = (asOf: string | undefined): Instant | undefined => {
  if (asOf === undefined) return undefined;
  if (/^\d{1,9}$/.test(asOf)) return { version: Number(asOf) };
  if (isTime(asOf)) return { time: asOf };
  throw new Refused('AS_OF_INVALID', `Query asOf: ${message}`, 'invalid', [{ field: 'asOf', code: 'AS_OF_INVALID', message }]);
};
