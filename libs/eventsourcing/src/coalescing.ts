import { isAway } from './away';
import { NO_MORE, systemClock, type Clock } from './clock';

/** What became of one item of a batch. */
export type Settled<Result> = { readonly ok: true; readonly value: Result } | { readonly ok: false; readonly error: unknown };

/** More is asked than can be done, and this was not begun: try again a little later. A fault of the moment, never a refusal. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/** How small batches grow where what they cost hardly hangs on how many they are. */
export interface Gather {
  /** A batch waits so much longer for company, if the one before it had some. A lone caller never waits. */
  readonly ms: number;
  /** With so many it has company enough, and begins at once. */
  readonly below: number;
}

/**
 * For what is a round trip to a server. With 40 orders on their way it saves a third of the CPU of each, and they are done sooner; with 800 batches are large by
 * themselves (`npm run bench -- --only lifecycles`).
 */
export const ROUND_TRIP: Gather = { ms: 2, below: 16 };

export interface CoalescingOptions {
  /** At most this many items in one batch. */
  readonly maxBatch?: number;
  /** Whoever comes when so many wait already is turned away with `Overloaded`. */
  readonly maxWaiting?: number;
  /** Whoever has not been begun after this long is turned away with `Overloaded`. How long a batch takes is for `run` to limit. */
  readonly deadlineMs?: number;
  /** Absent: a batch begins as soon as the one before it is over. */
  readonly gather?: Gather | undefined;
  readonly clock?: Clock;
}

/** Somebody who waits for what becomes of an item. */
export interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (value: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** The same, who is turned away when he has not been begun by then. */
interface Hasty<Item, Result> extends Waiting<Item, Result> {
  readonly until: number;
}

const DEFAULTS = { maxBatch: 256, maxWaiting: 10_000, deadlineMs: 10_000, clock: systemClock };

/**
 * Turns calls for one item into batches: while one batch is in flight the next one gathers, so that a lone call pays no delay and a crowd
 * shares one round trip. `run` answers for every item, in order; if it throws, every item of that batch fails. The queue has a bound and a
 * deadline, so that a database which hangs sheds load instead of filling the memory.
 */
export const coalescing = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>,
  options: CoalescingOptions = {},
): ((item: Item) => Promise<Result>) => {
  const { maxBatch, maxWaiting, deadlineMs, gather, clock } = { ...DEFAULTS, ...options };
  const gathering: Hasty<Item, Result>[] = [];
  let running = false;
  let watching: AbortController | undefined;
  let inCompany = false;

  const drain = async (): Promise<void> => {
    running = true;
    // One turn of the microtask queue lets everybody who is about to ask join the first batch.
    await Promise.resolve();
    while (gathering.length > 0) {
      if (gather && inCompany && gathering.length < gather.below) await clock.pause(gather.ms);
      const batch = gathering.splice(0, maxBatch);
      inCompany = batch.length > 1;
      await settle(run, batch);
    }
    running = false;
    watching?.abort(NO_MORE);
    watching = undefined;
  };

  const join = (waiting: Hasty<Item, Result>): void => {
    gathering.push(waiting);
    if (!running) void drain();
    else if (!watching) {
      watching = new AbortController();
      void turnAwayLate(gathering, { clock, deadlineMs, signal: watching.signal });
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      if (gathering.length >= maxWaiting) return reject(new Overloaded(`${maxWaiting} wait already: too much is asked at once.`));
      join({ item, until: clock.now().getTime() + deadlineMs, resolve, reject });
    });
};

const DONE: Settled<void> = { ok: true, value: undefined };

/** Calls at the same time share a round trip to a server, which answers each of them. */
export const roundTrips = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>,
): ((item: Item) => Promise<Result>) => coalescing(run, { gather: ROUND_TRIP });

/** The same where there is nothing to answer: they are done when it is. */
export const sharingRoundTrips = <Item>(run: (items: readonly Item[]) => Promise<unknown>): ((item: Item) => Promise<void>) =>
  roundTrips<Item, void>(async (items) => {
    await run(items);
    return items.map(() => DONE);
  });

/** Every group of every topic may have its window full of events; they wait for as long as the database takes. */
const WINDOWS_FULL = { maxWaiting: 200_000, deadlineMs: 120_000 };

/**
 * Takes what listeners bring one by one, and keeps many at a time. Each is done when it is kept. One that cannot be kept must not take the others with it: it is found by
 * halving, and fails alone. What is away fails all of a batch, and is nobody's fault.
 */
export const keepingTogether = <Item>(
  keep: (items: readonly Item[]) => Promise<unknown>,
  options: Pick<CoalescingOptions, 'maxBatch' | 'gather'>,
): ((item: Item) => Promise<void>) => {
  const kept = async (items: readonly Item[]): Promise<readonly Settled<void>[]> => {
    try {
      await keep(items);
      return items.map(() => DONE);
    } catch (error) {
      if (isAway(error)) throw error;
      if (items.length === 1) return [{ ok: false, error }];
    }
    const half = Math.ceil(items.length / 2);
    return [...(await kept(items.slice(0, half))), ...(await kept(items.slice(half)))];
  };
  return coalescing(kept, { ...WINDOWS_FULL, ...options });
};

/** Turns away whoever waits too long, in the order of arrival, until the signal says that nobody waits any more. */
const turnAwayLate = async (
  queue: Hasty<unknown, never>[],
  { clock, deadlineMs, signal }: { readonly clock: Clock; readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<void> => {
  while (!signal.aborted) {
    const now = clock.now().getTime();
    const kept = queue.findIndex(({ until }) => until > now);
    const late = queue.splice(0, kept < 0 ? queue.length : kept);
    for (const { reject } of late) reject(new Overloaded(`Not begun within ${deadlineMs} ms: too much is asked at once.`));
    await clock.pause((queue[0]?.until ?? now + deadlineMs) - now, signal);
  }
};

/** Each of a batch hears what became of his item; if `run` throws, all hear that. */
export const settle = async <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>,
  batch: readonly Waiting<Item, Result>[],
): Promise<void> => {
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
