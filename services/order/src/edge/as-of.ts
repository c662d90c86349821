import { Refused, type Instant } from '@cartage/eventsourcing';
import { isInstant } from './instant';

const message = 'It must be a version, such as 3, or an ISO 8601 time with its offset, such as 2026-11-23T10:00:00Z.';

/** `asOf=3`: after its third event; `asOf=<time>`: as it stood then. Nothing: as it stands now. */
export const instantOf = (asOf: string | undefined): Instant | undefined => {
  if (asOf === undefined) return undefined;
  if (/^\d{1,9}$/.test(asOf)) return { version: Number(asOf) };
  if (isInstant(asOf)) return { time: asOf };
  throw new Refused('AS_OF_INVALID', `Query asOf: ${message}`, 'invalid', [{ field: 'asOf', code: 'AS_OF_INVALID', message }]);
};
