/** An event as the stand-in keeps it. Data and metadata stay the bytes that came. */
export interface Kept {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position are the same, as for every event that a real server writes outside explicit transactions. */
  readonly position: bigint;
  readonly createdMs: number;
  readonly properties: ReadonlyMap<string, string>;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

export type Proposed = Pick<Kept, 'id' | 'properties' | 'metadata' | 'data'>;

/** Where the appender believes the stream to stand. */
export type Expected = 'any' | 'none' | 'some' | number;

export type Appended =
  | { readonly success: true; readonly revision: number; readonly position: bigint }
  | { readonly success: false; readonly current: number | undefined };

export interface KurrentLog {
  append(stream: string, expected: Expected, events: readonly Proposed[]): Appended;
  all(): readonly Kept[];
  /** Nothing for a stream that does not exist. */
  stream(name: string): readonly Kept[] | undefined;
  /** Tells every event from now on; answers with how to stop that. */
  listen(listener: (event: Kept) => void): () => void;
}

/** Like the real log, positions are offsets in bytes: they grow, with gaps. */
const RECORD_OVERHEAD = 100;

const matches = (expected: Expected, length: number): boolean => {
  if (expected === 'any') return true;
  if (expected === 'none') return length === 0;
  if (expected === 'some') return length > 0;
  return expected === length - 1;
};

/** The same events at the same place are not written again, and that is a success: how the real server takes a repeated append. */
const isRepeated = (stream: readonly Kept[], expected: Expected, events: readonly Proposed[]): boolean => {
  const first = expected === 'none' ? 0 : typeof expected === 'number' ? expected + 1 : undefined;
  return first !== undefined && events.length > 0 && events.every(({ id }, i) => stream[first + i]?.id === id);
};

export const kurrentLog = (): KurrentLog => {
  const all: Kept[] = [];
  const streams = new Map<string, Kept[]>();
  const listeners = new Set<(event: Kept) => void>();
  let end = 0n;

  const keep = (stream: Kept[], name: string, event: Proposed): void => {
    const kept = { ...event, stream: name, revision: stream.length, position: end, createdMs: Date.now() };
    end += BigInt(RECORD_OVERHEAD + event.data.length + event.metadata.length);
    stream.push(kept);
    all.push(kept);
    for (const listener of listeners) listener(kept);
  };

  return {
    append: (name, expected, events) => {
      const stream = streams.get(name) ?? [];
      const last = (): Appended => ({ success: true, revision: stream.length - 1, position: stream.at(-1)?.position ?? 0n });
      if (!matches(expected, stream.length)) {
        if (isRepeated(stream, expected, events)) return last();
        return { success: false, current: stream.length > 0 ? stream.length - 1 : undefined };
      }
      streams.set(name, stream);
      for (const event of events) keep(stream, name, event);
      return last();
    },
    all: () => all,
    stream: (name) => streams.get(name),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
