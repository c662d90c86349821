import type { Named } from './decider';
import type { StoredEvent } from './event-store';

/** An instant of a stream: after its nth event, or as it stood at a time (ISO 8601, inclusive). */
export type Instant = { readonly version: number } | { readonly time: string };

/** The events that had been recorded by then. */
export const asOf = <Event extends Named>(events: readonly StoredEvent<Event>[], instant: Instant): readonly StoredEvent<Event>[] => {
  if ('version' in instant) return events.filter(({ version }) => version <= instant.version);
  const limit = Date.parse(instant.time);
  return events.filter(({ recordedAt }) => Date.parse(recordedAt) <= limit);
};
