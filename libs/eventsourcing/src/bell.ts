import { NO_MORE, systemClock, type Clock } from './clock';

/** Why a wait ended: somebody rang, time was up, or the waiter was told to stop. */
export type Woken = 'rung' | 'tick' | 'stopped';

/** Wakes whoever waits for news. Between rings it costs one timer, however many wait. */
export interface Bell {
  ring(): void;
  /** How often it has rung. Ask before looking, and no ring during the look is missed. */
  rings(): number;
  /** Until it rings for more than the `heard`th time, or the next tick. */
  next(heard: number, signal: AbortSignal): Promise<Woken>;
}

export interface BellOptions {
  /** All who wait are woken this long after the first of them lay down, should a ring get lost. Left out, only rings wake. */
  readonly everyMs?: number;
  readonly clock?: Clock;
}

/** One timer that can be started and stopped; starting it again while it runs changes nothing. */
const timer = (clock: Clock, everyMs: number, tick: () => void): { readonly start: () => void; readonly stop: () => void } => {
  let running: AbortController | undefined;
  const run = async (mine: AbortController): Promise<void> => {
    await clock.pause(everyMs, mine.signal);
    if (running !== mine) return;
    running = undefined;
    tick();
  };
  return {
    start: () => {
      if (running) return;
      running = new AbortController();
      void run(running);
    },
    stop: () => {
      const stopped = running;
      running = undefined;
      stopped?.abort(NO_MORE);
    },
  };
};

export const bell = ({ everyMs, clock = systemClock }: BellOptions = {}): Bell => {
  const waiting = new Set<(woken: Woken) => void>();
  let rings = 0;
  const wake = (woken: Woken): void => {
    for (const end of [...waiting]) end(woken);
  };
  const ticking = everyMs === undefined ? undefined : timer(clock, everyMs, () => wake('tick'));

  return {
    ring: () => {
      rings += 1;
      wake('rung');
    },
    rings: () => rings,
    next: (heard, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve('stopped');
        if (heard !== rings) return resolve('rung');
        const stop = (): void => end('stopped');
        const end = (woken: Woken): void => {
          signal.removeEventListener('abort', stop);
          waiting.delete(end);
          if (waiting.size === 0) ticking?.stop();
          resolve(woken);
        };
        signal.addEventListener('abort', stop);
        waiting.add(end);
        ticking?.start();
      }),
  };
};
