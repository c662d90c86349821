import type { Decider, Named } from './decider';
import type { EventStore, StoredEvent, Stream } from './event-store';
import { Plan, type Answer, type Ask, type Planner } from './planning';
import { Previewed } from './previewed';
import { FoldedStream, type StreamCache } from './stream-cache';

export interface CommandBatchesNeeds<Command extends Named, State, Event extends Named> {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly kept: StreamCache<State, Event>;
  readonly decider: Decider<Command, State, Event>;
  readonly planner: Planner<Event>;
}

/** The asks of a batch that are for one stream, and their places in the batch. */
interface Group<Command> {
  readonly stream: string;
  readonly asks: Ask<Command>[];
  readonly places: number[];
}

/** A stream that must be read before its asks can be answered: whole (`after` 0), or what followed. */
interface Unread<State, Event extends Named> {
  readonly folded: FoldedStream<State, Event>;
  readonly after: number;
}

/** Decides and writes the commands of many streams at once. */
export class CommandBatches<Command extends Named, State, Event extends Named> {
  constructor(private readonly needs: CommandBatchesNeeds<Command, State, Event>) {}

  /**
   * A fault must hurt only what brings it: when a batch fails, each of its streams is tried again by itself, all at the same time, and the
   * asks of a stream that fails once more one after the other. Command ids make that safe even if the failed append had in truth been committed.
   */
  async settle(asks: readonly Ask<Command>[]): Promise<readonly Answer<State, Event>[]> {
    try {
      return await this.attempt(asks);
    } catch (error) {
      for (const { stream } of asks) this.needs.kept.forget(stream);
      return asks.length === 1 ? [{ ok: false, error }] : this.settleApart(asks);
    }
  }

  /**
   * Decides on what stands in the log now, and hands what comes of it to the store, which does not take it: whatever else a store does with a write
   * (rows beside the log, in one transaction) has its say, too.
   */
  async preview(ask: Ask<Command>): Promise<never> {
    const { kept, decider, store } = this.needs;
    const folded = kept.get(ask.stream) ?? new FoldedStream<State, Event>(ask.stream, decider);
    const after = folded.commands.has(ask.meta.commandId) ? 0 : folded.version;
    const [read] = (await this.read([{ folded, after }])) as readonly Stream<Event>[];
    const plan = this.planOnRead({ stream: ask.stream, asks: [ask], places: [0] }, { folded, after }, read as Stream<Event>);
    const write = plan.preview();
    await store.appendMany([write]);
    throw new Previewed([write]);
  }

  private async settleApart(asks: readonly Ask<Command>[]): Promise<readonly Answer<State, Event>[]> {
    const groups = groupsOf(asks);
    if (groups.length > 1) return inPlaces(groups, await Promise.all(groups.map((group) => this.settle(group.asks))));
    const answers: Answer<State, Event>[] = [];
    for (const ask of asks) answers.push(...(await this.settle([ask])));
    return answers;
  }

  private async attempt(asks: readonly Ask<Command>[]): Promise<readonly Answer<State, Event>[]> {
    const groups = groupsOf(asks);
    const onKept = groups.map((group) => this.planOnKept(group));
    const streams = (await this.read(onKept.filter((each): each is Unread<State, Event> => !(each instanceof Plan)))) as Iterable<
      Stream<Event>
    >;
    const next = streams[Symbol.iterator]();
    const plans = onKept.map((each, i) =>
      each instanceof Plan ? each : this.planOnRead(groups[i] as Group<Command>, each, next.next().value as Stream<Event>),
    );
    return inPlaces(groups, await this.carryOut(plans));
  }

  /**
   * A plan that holds though nothing was read, or what must be read for one. A stream that is not kept is taken for one that does not exist: most that are
   * begun are, and where it does exist the append conflicts, or the decision has written nothing and is not firm.
   */
  private planOnKept({ stream, asks }: Group<Command>): Plan<Command, State, Event> | Unread<State, Event> {
    const { kept, decider } = this.needs;
    const folded = kept.get(stream) ?? new FoldedStream(stream, decider);
    // What a command did the first time stands in the stream.
    if (asks.some(({ meta }) => folded.commands.has(meta.commandId))) return { folded, after: 0 };
    const plan = folded.behind ? undefined : this.plan(folded, asks);
    return plan?.holds ? plan : { folded, after: folded.version };
  }

  private async read(unread: readonly Unread<State, Event>[]): Promise<readonly Stream[]> {
    if (unread.length === 0) return [];
    return this.needs.store.readMany(unread.map(({ folded: { stream }, after }) => (after === 0 ? stream : { stream, after })));
  }

  private planOnRead(
    { asks }: Group<Command>,
    { folded, after }: Unread<State, Event>,
    { events }: Stream<Event>,
  ): Plan<Command, State, Event> {
    folded.advance(events);
    return this.plan(folded, asks, after === 0 ? events : []);
  }

  private plan(
    folded: FoldedStream<State, Event>,
    asks: readonly Ask<Command>[],
    history: readonly StoredEvent<Event>[] = [],
  ): Plan<Command, State, Event> {
    const { planner, decider } = this.needs;
    return new Plan(planner, decider, folded, history).decide(asks);
  }

  private async carryOut(plans: readonly Plan<Command, State, Event>[]): Promise<readonly (readonly Answer<State, Event>[])[]> {
    const { store, kept } = this.needs;
    const writing = plans.filter(({ writes }) => writes);
    const outcomes = writing.length > 0 ? await store.appendMany(writing.map((plan) => plan.write())) : [];
    const outcomeOf = new Map(writing.map((plan, i) => [plan, outcomes[i]]));
    return plans.map((plan) => {
      const outcome = outcomeOf.get(plan);
      const answers = outcome?.status === 'conflict' ? plan.lost() : plan.landed(outcome?.position);
      kept.keep(plan.folded);
      return answers;
    });
  }
}

const groupsOf = <Command>(asks: readonly Ask<Command>[]): readonly Group<Command>[] => {
  const groups = new Map<string, Group<Command>>();
  asks.forEach((ask, place) => {
    const group = groups.get(ask.stream);
    if (group) {
      group.asks.push(ask);
      group.places.push(place);
    } else groups.set(ask.stream, { stream: ask.stream, asks: [ask], places: [place] });
  });
  return [...groups.values()];
};

/** The answers of each group, in the order of the batch. */
const inPlaces = <Result>(groups: readonly Group<unknown>[], answers: readonly (readonly Result[])[]): readonly Result[] => {
  const all: Result[] = [];
  groups.forEach(({ places }, g) => places.forEach((place, i) => (all[place] = answers[g]?.[i] as Result)));
  return all;
};
