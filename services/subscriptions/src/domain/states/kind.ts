import type { AnyStateContract, Envelope, PublicEvent, StateContract, Topic } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

/** What a fact does to the state under one key. Nothing there yet: `undefined`. The same object back: nothing changed. */
export interface Touch {
  readonly key: string;
  readonly apply: (state: unknown) => unknown;
}

/** How the facts of one topic make up the states of one kind. */
export interface StateKind {
  readonly contract: AnyStateContract;
  readonly hears: Topic;
  /** Whether it is about somebody's order: then it is gone with whom it is about. */
  readonly ofOrders: boolean;
  readonly touches: (fact: Envelope) => readonly Touch[];
}

/** How each event changes a state; what is not named here says nothing about it. Never refuses a fact. */
export type Folds<State, Event extends PublicEvent> = {
  readonly [Type in Event['type']]?: (state: State | undefined, data: DataOf<Event, Type>) => State | undefined;
};

type AnyFold = (state: unknown, data: unknown) => unknown;

interface Folding<State, Event extends PublicEvent> {
  readonly hears: Topic;
  /** Which one the fact is about. */
  readonly keyOf: (data: Event['data']) => string | undefined;
  readonly folds: Folds<State, Event>;
}

/** The state is stamped with the time of the newest fact that changed it. */
export const stamped = (before: unknown, after: unknown, { time }: Pick<Envelope, 'time'>): unknown =>
  after === before || after === undefined ? before : { ...after, updatedAt: time };

/** Of facts that are about one thing each. */
export const kindOf = <State extends { readonly updatedAt: string }, Event extends PublicEvent>(
  contract: StateContract<string, State>,
  { hears, keyOf, folds }: Folding<Omit<State, 'updatedAt'>, Event>,
): StateKind => ({
  contract,
  hears,
  ofOrders: true,
  touches: (fact) => {
    const fold = Object.hasOwn(folds, fact.type) ? (folds as Readonly<Record<string, AnyFold | undefined>>)[fact.type] : undefined;
    const key = fold && keyOf(fact.data as Event['data']);
    if (!fold || key === undefined) return [];
    return [{ key, apply: (state) => stamped(state, fold(state, fact.data), fact) }];
  },
});

/** A list with one item changed, found by what names it; one that is not there is added, where something is made of nothing. */
export const changed = <Item>(
  items: readonly Item[],
  isIt: (item: Item) => boolean,
  change: (item: Item | undefined) => Item | undefined,
): readonly Item[] => {
  const found = items.find(isIt);
  const next = change(found);
  if (found === undefined) return next === undefined ? items : [...items, next];
  return items.flatMap((item) => (item === found ? (next === undefined ? [] : [next]) : [item]));
};

interface Changing<Item, Data> {
  readonly nameOf: (item: Item) => string;
  readonly change: (item: Item | undefined, data: Data) => Item | undefined;
}

/** The same for many of them in one pass, however long the list is: each named by the first of a pair, and changed by the second. */
export const changedEach = <Item, Data>(
  items: readonly Item[],
  changes: readonly (readonly [name: string, data: Data])[],
  { nameOf, change }: Changing<Item, Data>,
): readonly Item[] => {
  const byName = new Map(items.map((item) => [nameOf(item), item]));
  for (const [name, data] of changes) {
    const next = change(byName.get(name), data);
    if (next === undefined) byName.delete(name);
    else byName.set(name, next);
  }
  return [...byName.values()];
};
