import { systemClock } from './clock';
import { coalescing, type CoalescingOptions } from './coalescing';
import type { Decider, Named } from './decider';
import { CommandBatches } from './command-batches';
import type { EventStore, Meta } from './event-store';
import { Pauses } from './pauses';
import type { Ask, Handled } from './planning';
import { tracedSend } from './traced-send';
import { StreamCache, type StreamCacheOptions } from './stream-cache';

export interface HandlingNeeds<Event extends Named = Named> {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany' | 'gather' | 'tracing'>;
  /** Ids of new events (UUIDv7). */
  readonly newId: () => string;
  /** Which event types are published: these are counted in `meta.sequence`. */
  readonly isPublic?: (type: string) => boolean;
  /** Of what a published event speaks, each with a sequence of its own, where that is not the stream itself. */
  readonly subjectOf?: (event: Event) => string | undefined;
}

export interface HandlingOptions<State, Event extends Named> extends CoalescingOptions {
  /** How often a command is decided again after losing a race, before it fails. */
  readonly attempts?: number;
  /** The streams that are kept folded, or how many may be; give the same cache to `reading`. */
  readonly cache?: StreamCache<State, Event> | StreamCacheOptions;
}

export type Send<Command extends Named, State, Event extends Named> = (
  stream: string,
  command: Command,
  meta: Meta,
  /** Refused as stale unless the stream stands at this version (HTTP `If-Match`). */
  ifVersion?: number,
) => Promise<Handled<State, Event>>;

/** Other writers kept winning, however often the command was decided again. A fault, not a refusal: try later. */
export class TooContended extends Error {
  override readonly name = 'TooContended';
}

/**
 * The command handler of one kind of aggregate: folds, decides, appends with the version it decided on, and decides again if it lost a race. A command whose
 * id is already in the stream is skipped and answers as it did the first time. Concurrent calls share round trips; streams that were in
 * use lately are kept folded and appended to without reading.
 *
 * What is kept may be old, because other processes write too, and a follower may hear of an event before its writer has heard that it landed. So an answer
 * counts only if an append confirmed it, or if it was decided on what was read for it.
 *
 * A preview (`Meta.preview`) is decided in the same way and ends with `Previewed`.
 */
export const handling = <Command extends Named, State, Event extends Named>(
  { store, newId, isPublic = () => false, subjectOf = () => undefined }: HandlingNeeds<Event>,
  decider: Decider<Command, State, Event>,
  { attempts = 12, cache = {}, ...options }: HandlingOptions<State, Event> = {},
): Send<Command, State, Event> => {
  const kept = cache instanceof StreamCache ? cache : new StreamCache<State, Event>(cache);
  const batches = new CommandBatches({ store, kept, decider, planner: { newId, isPublic, subjectOf } });
  const ask = coalescing((asks: readonly Ask<Command>[]) => batches.settle(asks), { gather: store.gather, ...options });
  const { clock = systemClock } = options;

  const send: Send<Command, State, Event> = async (stream, command, meta, ifVersion) => {
    const asked = { stream, command, meta, ifVersion };
    if (meta.preview) return batches.preview(asked);
    const first = await ask(asked);
    if (first) return first;
    const pauses = new Pauses({ firstMs: 1, longestMs: 64, clock });
    for (let left = attempts - 1; left > 0; left -= 1) {
      await pauses.rest();
      const handled = await ask(asked);
      if (handled) return handled;
    }
    throw new TooContended(`${stream} changed ${attempts} times while a command was being decided.`);
  };
  return tracedSend(store.tracing, send);
};
