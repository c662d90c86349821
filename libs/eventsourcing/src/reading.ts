import { asOf, type Instant } from './as-of';
import { coalescing, type CoalescingOptions } from './coalescing';
import { fold, type Folding, type Named } from './decider';
import type { EventStore, StoredEvent, Stream } from './event-store';
import { factsOf } from './nothing-changed';
import { START, type Position } from './position';
import { FoldedStream, StreamCache, type StreamCacheOptions } from './stream-cache';

/** An aggregate as it stands. */
export interface Loaded<State> {
  readonly state: State;
  /** The version of its last fact. 0: nothing ever happened to it. */
  readonly version: number;
  readonly position: Position;
}

/** An aggregate with the facts that made it so. */
export interface History<State, Event extends Named> extends Loaded<State> {
  readonly events: readonly StoredEvent<Event>[];
}

/** Reads aggregates from the log itself: never behind, whoever wrote. Reads that come together share a round trip. */
export interface Reading<State, Event extends Named> {
  /** As it stands. What is kept is not read again, only what followed. */
  load(stream: string): Promise<Loaded<State>>;
  /** Its whole history, or as much of it as there was at an instant. */
  history(stream: string, instant?: Instant): Promise<History<State, Event>>;
}

export interface ReadingOptions<State, Event extends Named> extends CoalescingOptions {
  /** The streams that are kept folded, or how many may be; give the same cache to `handling`. */
  readonly cache?: StreamCache<State, Event> | StreamCacheOptions;
}

export const reading = <State, Event extends Named>(
  store: Pick<EventStore, 'readMany' | 'gather'>,
  decider: Folding<State, Event>,
  { cache = {}, ...options }: ReadingOptions<State, Event> = {},
): Reading<State, Event> => {
  const kept = cache instanceof StreamCache ? cache : new StreamCache<State, Event>(cache);

  const loadAll = async (streams: ReadonlySet<string>): Promise<readonly Loaded<State>[]> => {
    const all = [...streams].map((stream) => kept.get(stream) ?? new FoldedStream<State, Event>(stream, decider));
    const read = await store.readMany(all.map(({ stream, version }) => (version === 0 ? stream : { stream, after: version })));
    return all.map((folded, i) => {
      folded.advance((read[i] as Stream<Event>).events);
      kept.keep(folded);
      const { state, factVersion, position } = folded;
      return { state, version: factVersion, position };
    });
  };
  const readAll = async (streams: ReadonlySet<string>): Promise<readonly Stream<Event>[]> =>
    (await store.readMany([...streams])) as readonly Stream<Event>[];

  const together = { gather: store.gather, ...options };
  const read = coalescing(once(readAll), together);
  return {
    load: coalescing(once(loadAll), together),
    history: async (stream, instant) => {
      const { events: all } = await read(stream);
      const events = instant ? asOf(all, instant) : all;
      const facts = factsOf(events);
      const [version, position] = [facts.at(-1)?.version ?? 0, events.at(-1)?.position ?? START];
      return { state: fold(decider, facts), version, position, events: facts };
    },
  };
};

/** Reads a stream once, however many ask for it. */
const once =
  <Result>(readAll: (streams: ReadonlySet<string>) => Promise<readonly Result[]>) =>
  async (streams: readonly string[]) => {
    const distinct = new Set(streams);
    const results = await readAll(distinct);
    const byStream = new Map([...distinct].map((stream, i) => [stream, results[i] as Result]));
    return streams.map((stream) => ({ ok: true as const, value: byStream.get(stream) as Result }));
  };
