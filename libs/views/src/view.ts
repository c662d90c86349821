import type { Named, StoredEvent } from '@cartage/eventsourcing';

/** The values of a row, by column. `undefined` leaves a column out; objects and arrays for `jsonb` columns go in as they are. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * What an event does to a view's rows. Changes of a batch are merged per key, in order, and written with few statements.
 * `put`: the row is this (inserted, or replaced whole: a column left out takes its default). `patch`: these columns of the row, if it is there;
 * never the key's. `remove`: it is gone.
 */
export type Change =
  | { readonly kind: 'put'; readonly row: Row }
  | { readonly kind: 'patch'; readonly key: Row; readonly set: Row }
  | { readonly kind: 'remove'; readonly key: Row };

export const put = (row: Row): Change => ({ kind: 'put', row });
export const patch = (key: Row, set: Row): Change => ({ kind: 'patch', key, set });
export const remove = (key: Row): Change => ({ kind: 'remove', key });

export interface Column {
  /** A Postgres type with its constraints, such as `bigint not null`. */
  readonly type: string;
  /** For analysts: meaning and unit. Becomes the column's comment. */
  readonly about: string;
}

/**
 * One question, one table, fed from the service's log. Rows and position move in one transaction. The table belongs to the view: it is
 * made at start, and when `columns`, `key`, `indexes` or `revision` change it is rebuilt beside the old one and swapped. A projector copes with what it
 * gets; it never refuses a fact.
 */
export interface View<Event extends Named = Named> {
  /** The table's name. */
  readonly name: string;
  /** For analysts: the question that it answers. Becomes the table's comment. */
  readonly about: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  /** What follows `create index on <table>`, such as `(status, placed_at desc, order_id)` or `using gin (skus)`. */
  readonly indexes?: readonly string[];
  /** Raise it when a projector changes its mind about old events: the view is rebuilt. */
  readonly revision: number;
  readonly on: {
    readonly [Type in Event['type']]?: (event: StoredEvent<Extract<Event, { readonly type: Type }>>) => Change | readonly Change[];
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- projectors are contravariant in their event; only `any` accepts them all
export type AnyView = View<any>;

/** Anything that runs SQL: a pool, a client, a transaction. */
export interface Sql {
  query<R extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: R[]; readonly rowCount: number | null }>;
}
