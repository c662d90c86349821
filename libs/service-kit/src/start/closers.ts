/** What must be closed again, in the reverse order of its opening. */
export interface Closers {
  add(close: () => Promise<unknown>): void;
  /** Closes everything once, even if a part of it fails; then throws the first failure. Whoever asks again waits for the same. */
  close(): Promise<void>;
}

const closeAll = async (open: (() => Promise<unknown>)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (let close = open.pop(); close; close = open.pop()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};

export const closers = (): Closers => {
  const open: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;
  return {
    add: (close) => {
      open.push(close);
    },
    close: () => (closing ??= closeAll(open)),
  };
};
