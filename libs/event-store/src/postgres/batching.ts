import { coalescing, type Outcome, type Settled, type Write } from '@cartage/eventsourcing';
import { prepare, type Prepared } from './append';
import { isDataFault } from '@cartage/postgres';

export type Append = (writes: readonly Prepared[]) => Promise<readonly Outcome[]>;

const MOST_WRITES = 500;
/** A statement's parameter; large payloads must not add up to more than Postgres, or this process, can hold. */
const MOST_CHARACTERS = 8_000_000;

/** Cuts writes into rounds that can each go in one statement, in order: a stream comes at most once in a round. */
export const roundsOf = (writes: readonly Prepared[]): readonly (readonly Prepared[])[] => {
  const rounds: Prepared[][] = [];
  let streams = new Set<string>();
  let characters = 0;
  for (const each of writes) {
    const { stream } = each.write;
    const length = each.rows.reduce((sum, row) => sum + row.length, 0);
    characters += length;
    if (rounds.length === 0 || streams.has(stream) || characters > MOST_CHARACTERS) {
      rounds.push([]);
      streams = new Set();
      characters = length;
    }
    streams.add(stream);
    rounds.at(-1)?.push(each);
  }
  return rounds;
};

export const appendInRounds = async (append: Append, writes: readonly Write[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const round of roundsOf(writes.map(prepare))) outcomes.push(...(await append(round)));
  return outcomes;
};

const succeeded = <Value>(value: Value): Settled<Value> => ({ ok: true, value });

const settleAlone = async (append: Append, each: Prepared): Promise<readonly Settled<Outcome>[]> => {
  try {
    return (await append([each])).map(succeeded);
  } catch (error) {
    return [{ ok: false, error }];
  }
};

/** A write that Postgres cannot take must not take strangers down with it: then each goes alone. */
const settleRound = async (append: Append, round: readonly Prepared[]): Promise<readonly Settled<Outcome>[]> => {
  try {
    return (await append(round)).map(succeeded);
  } catch (error) {
    if (round.length === 1 || !isDataFault(error)) return round.map(() => ({ ok: false, error }));
    const settled: Settled<Outcome>[] = [];
    for (const each of round) settled.push(...(await settleAlone(append, each)));
    return settled;
  }
};

/** An `appendMany` whose concurrent callers share transactions: while one is in flight, the next one gathers. */
export const appendingTogether = (append: Append): ((writes: readonly Write[]) => Promise<readonly Outcome[]>) => {
  const appendOne = coalescing<Prepared, Outcome>(
    async (batch) => {
      const settled: Settled<Outcome>[] = [];
      for (const round of roundsOf(batch)) settled.push(...(await settleRound(append, round)));
      return settled;
    },
    { maxBatch: MOST_WRITES },
  );
  return async (writes) => Promise.all(writes.map(prepare).map(appendOne));
};
