/** Why a wait ended: somebody rang, time was up, or the waiter was told to stop. */
export type Woken = 'rung' | 'tick' | 'stopped';

/** Wakes whoever waits for news of a log. Between rings it costs one timer, however many wait. */
export interface Bell {
  ring(): void;
  /** How often it has rung. Ask before reading, and no ring during the reading is missed. */
  rings(): number;
  /** Until it rings for more than the `heard`th time, or the next tick. */
  next(heard: number, signal: AbortSignal): Promise<Woken>;
}

export const bell = (everyMs: number): Bell => {
  const waiting = new Set<(woken: Woken) => void>();
  let rings = 0;
  let timer: NodeJS.Timeout | undefined;

  const wake = (woken: Woken): void => {
    for (const resolve of [...waiting]) resolve(woken);
  };
  const rest = (): void => {
    if (waiting.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
  const tick = (): void => {
    timer = undefined;
    wake('tick');
  };

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
          rest();
          resolve(woken);
        };
        signal.addEventListener('abort', stop, { once: true });
        waiting.add(end);
        timer ??= setTimeout(tick, everyMs);
      }),
  };
};
