import {
  START,
  type EventStore,
  type FollowOptions,
  type Outcome,
  type Position,
  type StoredEvent,
  type Stream,
  type Write,
} from './event-store';

const positionOf = (index: number): Position => String(index + 1).padStart(16, '0');
const indexAfter = (position: Position): number => (position === START ? 0 : Number(position));

/** Wakes everybody who waits. */
const bell = (): { readonly wake: () => void; readonly woken: (signal: AbortSignal) => Promise<void> } => {
  let waiting: (() => void)[] = [];
  return {
    wake: () => {
      const woken = waiting;
      waiting = [];
      for (const resume of woken) resume();
    },
    woken: (signal) =>
      new Promise((resolve) => {
        const resume = (): void => {
          signal.removeEventListener('abort', resume);
          resolve();
        };
        waiting.push(resume);
        signal.addEventListener('abort', resume);
      }),
  };
};

/** The port in memory: for tests, and the reference of what the port promises. Nothing survives the process. */
export const memoryStore = ({ now = () => new Date() }: { readonly now?: () => Date } = {}): EventStore => {
  const log: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const { wake, woken } = bell();

  const append = ({ stream, expected, events }: Write): Outcome => {
    const history = streams.get(stream) ?? [];
    if (history.length !== expected || events.length === 0) return { status: 'conflict' };
    const recordedAt = now().toISOString();
    for (const event of events) {
      const stored = { ...structuredClone(event), stream, version: history.length + 1, position: positionOf(log.length), recordedAt };
      history.push(stored);
      log.push(stored);
    }
    streams.set(stream, history);
    return { status: 'appended', version: history.length, position: positionOf(log.length - 1) };
  };

  return {
    readMany: async (names) =>
      names.map((stream): Stream => {
        const events = streams.get(stream) ?? [];
        return { stream, version: events.length, events: [...events] };
      }),

    appendMany: async (writes) => {
      const outcomes = writes.map(append);
      wake();
      return outcomes;
    },

    async *follow({ from, signal, batchSize = 500 }: FollowOptions) {
      let next = indexAfter(from);
      while (!signal.aborted) {
        if (next === log.length) await woken(signal);
        const batch = signal.aborted ? [] : log.slice(next, next + batchSize);
        next += batch.length;
        if (batch.length > 0) yield batch;
      }
    },

    head: async () => log.at(-1)?.position ?? START,
  };
};
