import type { Named } from './decider';

/**
 * The private event of a request that changed nothing, kept for its command id: sent again it must not write, whatever has become possible
 * since. Every fold passes over it; it is never published. Only requests with a fingerprint have one, because a client may repeat them at any
 * time and to any process. What was heard from another service comes again only in the order it came, so its id is carried along
 * (`meta.unchanged`) by the next event of the stream: before that event nothing can have changed.
 */
export const NOTHING_CHANGED = 'NothingChanged';

export type NothingChanged = Named<typeof NOTHING_CHANGED, Readonly<Record<string, never>>>;

/** The facts of a stream: all its events but those that only remember a request. */
export const factsOf = <Event extends Named>(events: readonly Event[]): readonly Event[] =>
  events.some(isNothingChanged) ? events.filter((event) => !isNothingChanged(event)) : events;

export const isNothingChanged = ({ type }: Named): boolean => type === NOTHING_CHANGED;
