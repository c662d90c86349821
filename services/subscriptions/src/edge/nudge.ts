import type { Clock } from '@cartage/eventsourcing';

/** Wakes whoever waits for more facts. What another process entered is noticed by looking, at the latest after the pause. */
export interface Nudge {
  /** There may be more. */
  readonly give: () => void;
  /** Until there may be more, or it is time to look. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const nudgeOf = (clock: Clock): Nudge => {
  const waiting = new Set<() => void>();
  return {
    give: () => {
      for (const wake of waiting) wake();
    },
    wait: async (ms, signal) => {
      const over = new AbortController();
      const wake = (): void => over.abort();
      waiting.add(wake);
      try {
        await clock.pause(ms, AbortSignal.any([signal, over.signal]));
      } finally {
        waiting.delete(wake);
      }
    },
  };
};
