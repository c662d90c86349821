import { Refused } from '@cartage/eventsourcing';
import { readCursor } from '@cartage/service-kit';

/** The one value of a list's cursor, if it is such a value as the list is ordered by. */
export const lastSeen = (cursor: string | undefined, pattern: RegExp): string | undefined => {
  const [value] = readCursor(cursor, 1) ?? [];
  if (value === undefined || (typeof value === 'string' && pattern.test(value))) return value;
  const message = 'It must be the `next` of an earlier page of this list. Leave it out to begin anew.';
  throw new Refused('CURSOR_INVALID', `Query cursor: ${message}`, 'invalid', [{ field: 'cursor', code: 'CURSOR_INVALID', message }]);
};
