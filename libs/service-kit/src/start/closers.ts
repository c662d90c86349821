/** What must be closed again, in the reverse order of its opening. */
export interface Closers {
  add(close: () => Promise<unknown>): void;
  /** Closes everything once, even if a part of it fails; then throws the first failure. */
  close(): Promise<void>;
}

export const closers = (): Closers => {
  const open: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => {
      open.push(close);
    },
    close: async () => {
      const failures: unknown[] = [];
      for (let close = open.pop(); close; close = open.pop()) await close().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
};
