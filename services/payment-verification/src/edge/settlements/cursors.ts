import { isInstant, readCursor } from '@cartage/service-kit';
import { Refused } from '@cartage/eventsourcing';
import { isUUID } from 'class-validator';

/** Where the page before ended. A cursor is opaque, but it comes from outside. */
export const instantAndId = (cursor: string | undefined): readonly [string, string] | undefined => {
  const values = readCursor(cursor, 2);
  if (!values) return undefined;
  const [instant, id] = values;
  if (isInstant(instant) && isUUID(id)) return [String(instant), String(id)];
  const message = 'It must be the `next` of an earlier page of this list. Leave it out to begin anew.';
  throw new Refused('CURSOR_INVALID', `Query cursor: ${message}`, 'invalid', [{ field: 'cursor', code: 'CURSOR_INVALID', message }]);
};
