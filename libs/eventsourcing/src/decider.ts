import { NOTHING_CHANGED } from './nothing-changed';

/** Anything with a name: an event or a command. */
export interface Named<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** The rules of one aggregate: what may be asked (`decide`) and what follows from what happened (`evolve`). Pure. */
export interface Decider<Command extends Named, State, Event extends Named> {
  readonly initial: State;
  /** Never throws and never judges: the past happened. */
  evolve(state: State, event: Event): State;
  /** Answers with the new facts; `[]` means "already so". Throws `Refused` when it is not allowed. */
  decide(command: Command, state: State): readonly Event[];
  /**
   * Whether nothing has to happen to it any more; much may all the same. Whoever keeps streams folded for what comes next lets these go, so that the end should be
   * where hardly anything follows. Absent: it never ends.
   */
  isOver?(state: State): boolean;
}

/** The half of a decider that judges nothing: how what happened makes up how things stand, and when that is all. */
export type Folding<State, Event extends Named> = Pick<Decider<never, State, Event>, 'initial' | 'evolve' | 'isOver'>;

/** The data of one member of a union of named things. */
export type DataOf<Union extends Named, Type extends Union['type']> = Extract<Union, { readonly type: Type }>['data'];

type Folds<State, Event extends Named> = {
  readonly [Type in Event['type']]: (state: State, data: DataOf<Event, Type>) => State;
};

type Decisions<Command extends Named, State, Event extends Named> = {
  readonly [Type in Command['type']]: (data: DataOf<Command, Type>, state: State) => readonly Event[];
};

/** Makes `evolve` of a table with one entry for each event; an event that is not in the table leaves the state as it is. */
export const evolving =
  <State, Event extends Named>(folds: Folds<State, Event>) =>
  (state: State, event: Event): State => {
    const fold = folds[event.type as Event['type']] as ((state: State, data: unknown) => State) | undefined;
    return fold ? fold(state, event.data) : state;
  };

/** Makes `decide` of a table with one entry for each command. */
export const deciding =
  <Command extends Named, State, Event extends Named>(decisions: Decisions<Command, State, Event>) =>
  (command: Command, state: State): readonly Event[] =>
    (decisions[command.type as Command['type']] as (data: unknown, state: State) => readonly Event[])(command.data, state);

/** The state after these events, from the beginning or from `state`. What only remembers a request is no fact and is passed over. */
export const fold = <State, Event extends Named>(
  { initial, evolve }: Pick<Decider<never, State, Event>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
  state: State = initial,
): State => {
  let folded = state;
  for (const event of events) if (event.type !== NOTHING_CHANGED) folded = evolve(folded, event);
  return folded;
};
