/**
 * Time, as everything below the edge is given it. Nobody else asks the machine what time it is or sets a timer, so that whole services can run
 * on a time that a test or a simulation moves.
 */
export interface Clock {
  now(): Date;
  /** Ends after `ms`, or quietly at once when the signal says so. Never rejects. Pauses of more than 24 days end early. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Whether so many milliseconds are over. What lies ahead was noted before the clock was put back: then nobody knows how long it is, and it counts as over, so that what is done now and then does
 * not rest for as long as the clock was put back by.
 */
export const hasPassed = (ms: number, { since, now }: { readonly since: number; readonly now: number }): boolean =>
  now < since || now - since >= ms;

/** Why a pause is ended that is not needed any more. An abort without a reason makes an error with a stack trace, and this happens with every batch. */
export const NO_MORE = 'no more';

/** What a timer of the machine can count; beyond it, it would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  pause: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(ms, LONGEST_MS));
      signal?.addEventListener('abort', end);
    }),
};
