import type { EventMeta, Meta, StoredEvent } from './event-store';

/**
 * Counts a stream's published events from 1 without gaps, going on from its history. The count is made at the append, not at publishing,
 * so that it is a fact of the log: every wiring, every replay and every crash sees the same number.
 */
export const numbered = (
  history: readonly StoredEvent[],
  isPublic: (type: string) => boolean,
): ((type: string, meta: Meta) => EventMeta) => {
  let last = history.findLast(({ meta }) => meta.sequence !== undefined)?.meta.sequence ?? 0;
  return (type, meta) => (isPublic(type) ? { ...meta, sequence: (last += 1) } : meta);
};
