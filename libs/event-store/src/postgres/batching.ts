import { coalescing, type CoalescingOptions, type Outcome, type Settled, type Write } from '@cartage/eventsourcing';
import { isDataFault } from '@cartage/postgres';
import { prepare, type Prepared } from './append';

export type Append = (writes: readonly Prepared[]) => Promise<readonly Outcome[]>;

const MOST_WRITES = 500;
/** A statement's parameters; large payloads must not add up to more than Postgres, or this process, can hold. */
const MOST_BYTES = 8_000_000;

/** Cuts writes into rounds that can each go in one statement, in order: a stream comes at most once in a round. */
export const roundsOf = (writes: readonly Prepared[]): readonly (readonly Prepared[])[] => {
  const rounds: Prepared[][] = [];
  let streams = new Set<string>();
  let bytes = 0;
  for (const write of writes) {
    bytes += write.size;
    if (rounds.length === 0 || streams.has(write.stream) || bytes > MOST_BYTES) {
      rounds.push([]);
      streams = new Set();
      bytes = write.size;
    }
    streams.add(write.stream);
    rounds.at(-1)?.push(write);
  }
  return rounds;
};

export const appendInRounds = async (append: Append, writes: readonly Prepared[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const round of roundsOf(writes)) outcomes.push(...(await append(round)));
  return outcomes;
};

/** A write that Postgres cannot take must not take strangers down with it: halves of halves are tried until it stands alone. */
const settle = async (append: Append, round: readonly Prepared[]): Promise<readonly Settled<Outcome>[]> => {
  try {
    return (await append(round)).map((value) => ({ ok: true, value }));
  } catch (error) {
    if (round.length === 1 || !isDataFault(error)) return round.map(() => ({ ok: false, error }));
    const half = round.length >> 1;
    return [...(await settle(append, round.slice(0, half))), ...(await settle(append, round.slice(half)))];
  }
};

/**
 * An `appendMany` whose concurrent callers share transactions: while one is in flight, the next one gathers. Who would have to wait for longer
 * than the deadline is turned away with `Overloaded`.
 */
export const appendingTogether = (
  append: Append,
  options: CoalescingOptions = {},
): ((writes: readonly Write[]) => Promise<readonly Outcome[]>) => {
  const appendOne = coalescing<Prepared, Outcome>(
    async (batch) => {
      const settled: Settled<Outcome>[] = [];
      for (const round of roundsOf(batch)) settled.push(...(await settle(append, round)));
      return settled;
    },
    { maxBatch: MOST_WRITES, ...options },
  );
  return async (writes) => Promise.all(writes.map(prepare).map(appendOne));
};
