/** What became of one item of a batch. */
export type Settled<Result> = { readonly ok: true; readonly value: Result } | { readonly ok: false; readonly error: unknown };

export interface CoalescingOptions {
  /** At most this many items in one batch. */
  readonly maxBatch?: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (value: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Turns calls for one item into batches: while one batch is in flight the next one gathers, so that a lone call pays no delay and a crowd
 * shares one round trip. `run` answers for every item, in order; if it throws, every item of that batch fails.
 */
export const coalescing = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>,
  { maxBatch = 256 }: CoalescingOptions = {},
): ((item: Item) => Promise<Result>) => {
  const gathering: Waiting<Item, Result>[] = [];
  let running = false;

  const settle = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, i) => {
        const result = results[i];
        if (result?.ok) resolve(result.value);
        else reject(result ? result.error : new Error('A batch answered for fewer items than it was given.'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const drain = async (): Promise<void> => {
    running = true;
    // One turn of the microtask queue lets everybody who is about to ask join the first batch.
    await Promise.resolve();
    while (gathering.length > 0) {
      const batch = gathering.splice(0, maxBatch);
      await settle(batch);
    }
    running = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      gathering.push({ item, resolve, reject });
      if (!running) void drain();
    });
};
