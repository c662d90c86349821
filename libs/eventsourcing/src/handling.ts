import { coalescing, type CoalescingOptions } from './coalescing';
import type { Decider, Named } from './decider';
import type { EventStore, Meta, Stream } from './event-store';
import { planFor, type Answer, type Ask, type Handled } from './planning';

export interface HandlingNeeds {
  readonly store: EventStore;
  /** Ids of new events (UUIDv7). */
  readonly newId: () => string;
  /** Which event types are published: these are counted in `meta.sequence`. */
  readonly isPublic?: (type: string) => boolean;
}

export interface HandlingOptions extends CoalescingOptions {
  /** How often a command is decided again after losing a race, before it fails. */
  readonly attempts?: number;
}

export type Send<Command extends Named, State, Event extends Named> = (
  stream: string,
  command: Command,
  meta: Meta,
  /** Refused as stale unless the stream stands at this version (HTTP `If-Match`). */
  ifVersion?: number,
) => Promise<Handled<State, Event>>;

/** Other writers kept winning, however often the command was decided again. A fault, not a refusal: try later. */
export class TooContended extends Error {
  override readonly name = 'TooContended';
}

/** Commands that came together, and the answers as they become known. */
interface Batch<Command, State, Event extends Named> {
  readonly asks: readonly Ask<Command>[];
  readonly answers: Answer<State, Event>[];
}

/**
 * Loads, folds, decides, appends with the version it read, and decides again if it lost a race. A command whose id is already in the
 * stream is skipped. Concurrent calls share round trips: one `readMany` and one `appendMany` serve a whole batch.
 */
export const handling = <Command extends Named, State, Event extends Named>(
  needs: HandlingNeeds,
  decider: Decider<Command, State, Event>,
  { attempts = 12, ...options }: HandlingOptions = {},
): Send<Command, State, Event> => {
  const attempt = attempting(needs, decider);

  const answerAll = async (asks: readonly Ask<Command>[]): Promise<readonly Answer<State, Event>[]> => {
    const batch: Batch<Command, State, Event> = { asks, answers: [] };
    let open: readonly number[] = asks.map((_, i) => i);
    for (let n = 0; n < attempts && open.length > 0; n += 1) open = await attempt(batch, open);
    for (const i of open) batch.answers[i] = contended(asks[i] as Ask<Command>, attempts);
    return batch.answers;
  };

  const ask = coalescing(oneByOneOnFault(answerAll), options);
  return (stream, command, meta, ifVersion) => ask({ stream, command, meta, ifVersion });
};

/** Decides and writes the open asks of a batch once; answers with the indexes of those that lost a race. */
const attempting =
  <Command extends Named, State, Event extends Named>(
    { store, newId, isPublic = () => false }: HandlingNeeds,
    decider: Decider<Command, State, Event>,
  ) =>
  async ({ asks, answers }: Batch<Command, State, Event>, open: readonly number[]): Promise<readonly number[]> => {
    const byStream = indexesByStream(asks, open);
    const streams = (await store.readMany([...byStream.keys()])) as readonly Stream<Event>[];
    const plans = streams.map((stream) => {
      const indexes = byStream.get(stream.stream) ?? [];
      const plan = planFor(
        { newId, isPublic },
        decider,
        stream,
        indexes.map((i) => asks[i] as Ask<Command>),
      );
      return { indexes, plan };
    });
    const writing = plans.filter(({ plan }) => plan.write.events.length > 0);
    const outcomes = writing.length > 0 ? await store.appendMany(writing.map(({ plan }) => plan.write)) : [];
    const outcomeOf = new Map(writing.map((each, n) => [each, outcomes[n]]));
    return plans.flatMap((each) => {
      const outcome = outcomeOf.get(each);
      if (outcome?.status === 'conflict') return each.indexes;
      each.plan.answers(outcome?.position ?? '').forEach((answer, n) => (answers[each.indexes[n] as number] = answer));
      return [];
    });
  };

const indexesByStream = (asks: readonly Ask<unknown>[], open: readonly number[]): ReadonlyMap<string, readonly number[]> => {
  const groups = new Map<string, number[]>();
  for (const i of open) {
    const { stream } = asks[i] as Ask<unknown>;
    const group = groups.get(stream);
    if (group) group.push(i);
    else groups.set(stream, [i]);
  }
  return groups;
};

const contended = ({ stream }: Ask<unknown>, attempts: number): { readonly ok: false; readonly error: TooContended } => ({
  ok: false,
  error: new TooContended(`${stream} changed ${attempts} times while a command was being decided.`),
});

/**
 * A fault must hurt only the command that brings it: a batch that failed is tried again one by one. Command ids make that safe even if
 * the failed batch had in truth been committed.
 */
const oneByOneOnFault =
  <Command, State, Event extends Named>(answerAll: (asks: readonly Ask<Command>[]) => Promise<readonly Answer<State, Event>[]>) =>
  async (asks: readonly Ask<Command>[]): Promise<readonly Answer<State, Event>[]> => {
    try {
      return await answerAll(asks);
    } catch (error) {
      if (asks.length === 1) return [{ ok: false, error }];
      const answers: Answer<State, Event>[] = [];
      for (const ask of asks) answers.push(...(await answerAll([ask]).catch((reason: unknown) => [{ ok: false as const, error: reason }])));
      return answers;
    }
  };
