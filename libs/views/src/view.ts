import type { Folding, Named, StoredEvent } from '@cartage/eventsourcing';

/** The values of a row, by column. `undefined` leaves a column out; objects and arrays for `jsonb` columns go in as they are. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * What an event does to a view's rows. Changes of a batch are merged per key, in order, and written with few statements.
 * `put`: the row is this (inserted, or replaced whole: a column left out takes its default). `patch`: these columns of the row, if it is there;
 * never the key's. `add`: so much more (or less) in these numeric columns of the row, if it is there; null counts as nothing yet. `remove`: it is gone.
 */
export type Change =
  | { readonly kind: 'put'; readonly row: Row }
  | { readonly kind: 'patch'; readonly key: Row; readonly set: Row }
  | { readonly kind: 'add'; readonly key: Row; readonly deltas: Deltas }
  | { readonly kind: 'remove'; readonly key: Row };

/** Whole numbers, by column: their sum does not depend on how the log was cut into batches. */
export type Deltas = Readonly<Record<string, number | bigint>>;

export const put = (row: Row): Change => ({ kind: 'put', row });
export const patch = (key: Row, set: Row): Change => ({ kind: 'patch', key, set });
export const add = (key: Row, deltas: Deltas): Change => ({ kind: 'add', key, deltas });
export const remove = (key: Row): Change => ({ kind: 'remove', key });

export interface Column {
  /** A Postgres type with its constraints, such as `bigint not null`. */
  readonly type: string;
  /** For analysts: meaning and unit. Becomes the column's comment. */
  readonly about: string;
}

/** How a stream's events become its state; any decider is one. Name the same object in each view that asks for the same state: it is folded once for all of them. */
export type Fold<State, Event extends Named> = Folding<State, Event>;

type Changes = Change | readonly Change[];

interface Definition {
  /** The table's name. */
  readonly name: string;
  /** For analysts: the question that it answers. Becomes the table's comment. */
  readonly about: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  /** What follows `create index on <table>`, such as `(status, placed_at desc, order_id)` or `using gin (skus)`. */
  readonly indexes?: readonly string[];
  /** Raise it when a projector, or the fold that it asks, changes its mind about old events: the view is rebuilt. */
  readonly revision: number;
}

/**
 * One question, one table, fed from the service's log. Rows and position move in one transaction. The table belongs to the view: it is
 * made at start, and when `columns`, `key`, `indexes` or `revision` change it is rebuilt beside the old one and swapped. A projector copes with what it
 * gets; it never refuses a fact.
 */
export interface View<Event extends Named = Named, State = never> extends Definition {
  /** Gives projectors `state()`: the state of the event's stream right after that event, the same at every rebuild. */
  readonly fold?: Fold<State, Event>;
  readonly on: {
    readonly [Type in Event['type']]?: (event: StoredEvent<Extract<Event, { readonly type: Type }>>, state: () => State) => Changes;
  };
}

/** A view of any events and any state, as the library runs it. */
export interface AnyView extends Definition {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- folds are contravariant in their event; only `any` accepts them all
  readonly fold?: Fold<any, any>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- so are projectors
  readonly on: Readonly<Record<string, ((...given: any[]) => Changes) | undefined>>;
}

/** Anything that runs SQL: a pool, a client, a transaction. */
export interface Sql {
  query<R extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: R[]; readonly rowCount: number | null }>;
}
