export interface Saving {
  /** There is something new to save. */
  needed(): void;
  /** Saves now, and is done when that is done. No timer is left. */
  flush(): Promise<void>;
}

/**
 * Saves progress at most once in `everyMs`, and never when there is none. What was not saved is only delivered again. A save that
 * fails is reported to `failed` and made up for by the next one.
 */
export const savingEvery = (everyMs: number, save: () => Promise<void>, failed: (error: unknown) => void): Saving => {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const start = (): void => {
    timer = undefined;
    running = running.then(save).catch((error: unknown) => {
      failed(error);
      needed();
    });
  };
  const needed = (): void => {
    timer ??= setTimeout(start, everyMs);
  };

  return {
    needed,
    flush: async () => {
      await running;
      clearTimeout(timer);
      timer = undefined;
      await save();
    },
  };
};
