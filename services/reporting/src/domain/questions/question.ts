/** Postgres types that answers have. */
export type ColumnType = 'text' | 'bigint' | 'numeric' | 'date' | 'timestamptz';

export interface QuestionColumn {
  readonly type: ColumnType;
  /** For analysts: meaning, unit, and what null means. */
  readonly about: string;
  /** Whether it is money: minor units of the currency of its row. */
  readonly isAmount?: boolean;
  /** What is counted once in each of several rows, or stands at a moment: added up it would say something else. */
  readonly addsUp?: false;
}

/** A question that people ask, and the SQL that answers it from the plain names of the star. */
export interface Question<Column extends string = string> {
  /** For ever: it stands in URLs, and its view is called `question_<name>`. */
  readonly name: string;
  /** In the words of whoever asks. */
  readonly asks: string;
  /** What has to be known to read the answer. */
  readonly reading: string;
  readonly columns: Readonly<Record<Column, QuestionColumn>>;
  /** Tells the rows apart, and orders them. */
  readonly key: readonly Column[];
  /** The column that a range of days narrows; a month counts if a day of it is in the range. Absent: the answer is as things are now. */
  readonly time?: { readonly column: Column; readonly unit: 'day' | 'month' };
  readonly sql: string;
}

/** Defines a question; its key and time are checked against its columns. */
export const question = <Column extends string>(
  given: Omit<Question<Column>, 'key' | 'time'> & {
    readonly key: readonly NoInfer<Column>[];
    readonly time?: { readonly column: NoInfer<Column>; readonly unit: 'day' | 'month' };
  },
): Question<Column> => given;

export const viewNameOf = ({ name }: Question): string => `question_${name}`;

/** As the view has it: every column in its place, and of its type. */
export const viewTextOf = ({ columns, sql }: Question): string =>
  `select ${Object.entries<QuestionColumn>(columns)
    .map(([column, { type }]) => `${column}::${type} as ${column}`)
    .join(', ')} from (${sql}) as answer`;

/** The tables of the star that an answer is made of. */
export const tablesOf = ({ sql }: Question): readonly string[] => [...new Set(sql.match(/\b(?:fact|dim)_[a-z_]+\b/g))].toSorted();

/** What an answer may be narrowed by, where its rows say it. */
export const filters = ['channel', 'country', 'currency', 'sku', 'location', 'carrier', 'service', 'reason'] as const;
export type Filter = (typeof filters)[number];

export const filtersOf = ({ columns }: Question): readonly Filter[] => filters.filter((each) => each in columns);

/** Columns whose rows can be added up: those of one currency, where they are money. */
export const measuresOf = ({ columns, key }: Question): readonly string[] =>
  Object.entries<QuestionColumn>(columns).flatMap(([name, { type, addsUp }]) =>
    type === 'bigint' && addsUp !== false && !key.includes(name) ? [name] : [],
  );

/** Columns by which they can be told apart. */
export const groupsOf = ({ columns }: Question): readonly string[] =>
  Object.entries<QuestionColumn>(columns).flatMap(([name, { type }]) => (type === 'text' && name !== 'currency' ? [name] : []));

const column =
  (type: ColumnType) =>
  (about: string): QuestionColumn => ({ type, about });

export const word = column('text');
export const count = column('bigint');
export const number = column('numeric');
export const day = column('date');
export const instant = column('timestamptz');
/** Of things that may be in several rows, or of a moment: it is never added up. */
export const lone = (about: string): QuestionColumn => ({ ...count(about), addsUp: false });
/** Minor units of the currency beside it. */
export const amount = (about: string): QuestionColumn => ({ ...count(`${about} Minor units of currency.`), isAmount: true });

export const currency = word('ISO 4217, of every amount of the row. Never null.');
export const month = day('Its first day; months are UTC. Never null.');
export const channel = word('Code of the channel. Never null.');
export const sku = word('Stock keeping unit. Never null.');
export const location = word('Code of the location. Never null.');
export const country = word('Where it goes, ISO 3166-1 alpha-2. Null: it is not sent.');
