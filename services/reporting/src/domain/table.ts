/** What stands in a cell. `undefined`: this fact says nothing about the column. */
export type Value = string | number | boolean | null | undefined;
export type Row = Readonly<Record<string, Value>>;

/**
 * How two facts about one cell become one. `last`: the one that was heard last and says something. `revocable`: the same, and it may say that there is none any more. `sum`: both together. `least`, `greatest`: the smaller, the
 * greater. `key`: it names the row. `derived`: Postgres makes it of other columns.
 * What is `last` or `revocable` comes from one subject, whose events come in order; the others may come in any order, and the row is the same.
 */
export type Merging = 'key' | 'last' | 'revocable' | 'sum' | 'least' | 'greatest' | 'derived';

export interface Column {
  /** A Postgres type, without constraints. */
  readonly type: string;
  /** For analysts: meaning, unit, source, and what null means. */
  readonly about: string;
  readonly merging: Merging;
  /** The dimension whose surrogate key it is. Facts name the thing itself, such as a SKU. */
  readonly dimension?: string;
  /** Of what is derived: the expression. */
  readonly expression?: string;
}

/** One table of the star. */
export interface Table<Name extends string = string> {
  readonly name: string;
  /** For analysts: what one row is. */
  readonly about: string;
  readonly key: readonly Name[];
  readonly columns: Readonly<Record<Name, Column>>;
  readonly indexes?: readonly string[];
  /** Of two facts about one row the one with the greater number here stands, whole: what it does not say is not known any more. */
  readonly newestBy?: Name;
  /** Of a dimension: what its row says of the thing that facts name. */
  readonly naming?: (natural: string) => Row;
  /** Its rows are versions of what this dimension describes; analysts see them with the time for which each held. */
  readonly versionsOf?: string;
}

/** The columns that say what a row of a dimension is called: whoever names the thing says them, and no description leaves them out. */
export const namingColumns = ({ naming }: Table): readonly string[] => Object.keys(naming?.('') ?? {});

/** What an event says about one row. */
export interface Fact {
  readonly table: string;
  readonly row: Row;
}

/** Defines a table; its column names are checked wherever facts are told about it. */
export const table = <Name extends string>(
  given: Omit<Table<Name>, 'key' | 'newestBy'> & { readonly key: readonly NoInfer<Name>[]; readonly newestBy?: NoInfer<Name> },
): Table<Name> => given;

/** A fact about a row of the table. */
export const about = <Name extends string>({ name }: Table<Name>, row: { readonly [Column in Name]?: Value }): Fact => ({
  table: name,
  row: row as Row,
});

export const keyed = (type: string, text: string): Column => ({ type, about: text, merging: 'key' });
export const last = (type: string, text: string): Column => ({ type, about: text, merging: 'last' });
/** What a fact says of a date that is not known any more; such a cell is empty. */
export const NO_DATE = '-infinity';
/** What a fact says of a name, or of what it names in a dimension, that does not hold any more; such a cell is empty. */
export const NO_NAME = '';
/** An instant that may be taken back. */
export const dated = (text: string): Column => ({ type: 'timestamptz', about: text, merging: 'revocable' });
/** A count: 0 until something is heard. */
export const summed = (text: string): Column => ({ type: 'bigint', about: text, merging: 'sum' });
export const earliest = (text: string): Column => ({ type: 'timestamptz', about: text, merging: 'least' });
export const latest = (text: string): Column => ({ type: 'timestamptz', about: text, merging: 'greatest' });

/** The surrogate key of a dimension's row. */
export const inDimension = (dimension: string, text: string, merging: Merging = 'last'): Column => ({
  type: 'bigint',
  about: text,
  merging,
  dimension,
});

/** The day of an instant as a key of `dim_date`. */
export const dayOf = (column: string, text: string): Column => {
  const utc = `(${column} at time zone 'UTC')`;
  const expression = `(extract(year from ${utc}) * 10000 + extract(month from ${utc}) * 100 + extract(day from ${utc}))::integer`;
  return { type: 'integer', about: text, merging: 'derived', expression };
};
