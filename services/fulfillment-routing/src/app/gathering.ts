import { settle, type Clock, type Settled, type Waiting } from '@cartage/eventsourcing';

export interface GatheringOptions {
  readonly clock: Clock;
  /** The first of a batch waits so long for company, and nobody longer. */
  readonly windowMs: number;
  /** With so many a batch is full: it waits no longer. */
  readonly most: number;
}

/**
 * Turns what comes within a window into a batch. Nothing is kept: whoever asks waits for the answer, and asks again if the process dies. `run` answers for every item, in
 * order; if it throws, every item of that batch fails.
 */
export const gathering = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>,
  { clock, windowMs, most }: GatheringOptions,
): ((item: Item) => Promise<Result>) => {
  let batch: { readonly waiting: Waiting<Item, Result>[]; readonly full: AbortController } | undefined;

  const opened = (): NonNullable<typeof batch> => {
    const one = { waiting: [], full: new AbortController() };
    void clock.pause(windowMs, one.full.signal).then(() => {
      if (batch === one) batch = undefined;
      return settle(run, one.waiting);
    });
    return one;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      batch ??= opened();
      const { waiting, full } = batch;
      waiting.push({ item, resolve, reject });
      if (waiting.length < most) return;
      batch = undefined;
      full.abort('full');
    });
};
