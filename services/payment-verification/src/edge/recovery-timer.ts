/** Runs a sweep again and again, `everyMs` after the last one ended, until it is stopped; stopping waits for the sweep in hand. */
export const sweeping = (
  sweep: (signal: AbortSignal) => Promise<void>,
  { everyMs, onFault }: { readonly everyMs: number; readonly onFault: (error: unknown) => void },
) => {
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const run = (): void => {
    running = sweep(stopped.signal).catch(onFault).finally(schedule);
  };
  const schedule = (): void => {
    if (!stopped.signal.aborted) timer = setTimeout(run, everyMs);
  };

  return {
    start: async (): Promise<void> => schedule(),
    stop: async (): Promise<void> => {
      stopped.abort();
      clearTimeout(timer);
      await running;
    },
  };
};
