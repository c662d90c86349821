/** What was opened, to be closed in the opposite order. */
export interface Opened {
  add(close: () => Promise<void>): void;
  close(): Promise<void>;
}

export const opening = (): Opened => {
  const closers: (() => Promise<void>)[] = [];
  return {
    add: (close) => void closers.push(close),
    close: async () => {
      const failures: unknown[] = [];
      // Each is closed whatever becomes of the others: nothing may be left running.
      for (let close = closers.pop(); close; close = closers.pop()) await close().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
};
