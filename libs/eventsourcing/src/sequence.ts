import type { EventMeta, Meta, StoredEvent } from './event-store';

/** The sequence of the last published event: how many there are, where the stream is the only subject. */
export const sequenceOf = (history: readonly StoredEvent[]): number =>
  history.findLast(({ meta }) => meta.sequence !== undefined)?.meta.sequence ?? 0;

/**
 * Counts a stream's published events from 1 without gaps, going on after `last`. The count is made at the append, not at publishing, so that it
 * is a fact of the log: every wiring, every replay and every crash sees the same number.
 */
export const numbered = (last: number, isPublic: (type: string) => boolean): ((type: string, meta: Meta) => EventMeta) => {
  let sequence = last;
  return (type, meta) => (isPublic(type) ? { ...meta, sequence: (sequence += 1) } : meta);
};
