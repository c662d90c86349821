import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Give up after this long. */
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/** Tries an assertion until it holds; fails with its last error. The only waiting that tests do. */
export const eventually = async <Result>(
  attempt: () => Result | Promise<Result>,
  { withinMs = 15_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<Result> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(everyMs);
    }
  }
};
