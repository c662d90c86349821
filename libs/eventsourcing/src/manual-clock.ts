import type { Clock } from './clock';

/** A clock that stands still until it is moved: for tests and simulations. */
export interface ManualClock extends Clock {
  /** Moves time on; the pauses that end within are ended one after the other, each at its own time. */
  advance(ms: number): Promise<void>;
  /** How many pauses are waiting for their end. */
  waiting(): number;
}

interface Pausing {
  readonly until: number;
  readonly end: () => void;
}

/** Turns of the microtask queue in which those whose pause has ended may begin another one. */
const TURNS = 50;
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
};

const pauseAmong = (pausing: Set<Pausing>, until: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = (): void => {
      pausing.delete(mine);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const mine: Pausing = { until, end };
    pausing.add(mine);
    signal?.addEventListener('abort', end);
  });

export const manualClock = (start = '2026-01-01T00:00:00.000Z'): ManualClock => {
  let time = Date.parse(start);
  const pausing = new Set<Pausing>();
  const nextUntil = (limit: number): Pausing | undefined =>
    [...pausing].filter(({ until }) => until <= limit).toSorted((a, b) => a.until - b.until)[0];

  return {
    now: () => new Date(time),
    waiting: () => pausing.size,
    pause: (ms, signal) => pauseAmong(pausing, time + ms, signal),
    advance: async (ms) => {
      const limit = time + ms;
      await settle();
      for (let next = nextUntil(limit); next; next = nextUntil(limit)) {
        time = Math.max(time, next.until);
        next.end();
        await settle();
      }
      time = limit;
    },
  };
};
