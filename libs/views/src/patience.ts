import { setTimeout as pause } from 'node:timers/promises';

/** Waits quietly; an abort ends the wait. */
export const rest = async (ms: number, signal: AbortSignal): Promise<void> => {
  await pause(ms, undefined, { signal }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
};

/** Growing pauses; short again after a success. */
export class Patience {
  private next: number;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {
    this.next = firstMs;
  }

  reset(): void {
    this.next = this.firstMs;
  }

  async rest(signal: AbortSignal): Promise<void> {
    const ms = this.next;
    this.next = Math.min(ms * 2, this.longestMs);
    await rest(ms, signal);
  }
}

/** Runs what it is given one after the other. */
export const oneAtATime = (): (<Result>(work: () => Promise<Result>) => Promise<Result>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
};

/** Wakes a loop before its pause is over. */
export class Bell {
  private readonly waiting = new Set<() => void>();

  ring(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** Takes its listener off again: it waits on the same signal for as long as the process lives. */
  rung(withinMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }
}
