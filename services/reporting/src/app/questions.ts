import { Refused, type FieldError } from '@cartage/eventsourcing';
import { questionNamed, questions } from '../domain/questions/catalogue';
import {
  filtersOf,
  groupsOf,
  measuresOf,
  tablesOf,
  viewNameOf,
  type ColumnType,
  type Filter,
  type Question,
} from '../domain/questions/question';
import { requireAddable, type Figures, type FiguresAsked, type ReadFigures } from './figures';
import type { ReadFreshness, TableFreshness } from './freshness';

export type Cell = string | number | null;
export type AnswerRow = Readonly<Record<string, Cell>>;

/** What of an answer is wanted. */
export interface Narrowing {
  /** UTC days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly where: Readonly<Partial<Record<Filter, string>>>;
  readonly limit: number;
  /** The key of the last row of the page before. */
  readonly after?: readonly string[] | undefined;
}

export interface AnswerPage {
  readonly rows: readonly AnswerRow[];
  /** The key of the last row; absent on the last page. */
  readonly next?: readonly string[] | undefined;
}

/** Looks into the view of a question. */
export type ReadAnswer = (question: Question, narrowing: Narrowing) => Promise<AnswerPage>;

export interface AskedQuestion {
  readonly name: string;
  readonly asks: string;
  readonly reading: string;
  /** The view, in schema `reporting`. */
  readonly view: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly about: string; readonly isAmount: boolean }[];
  /** By what its rows are told apart, and in what order they come. */
  readonly key: readonly string[];
  /** The column that `from` and `to` narrow; null: the answer is as things are now. */
  readonly time: { readonly column: string; readonly unit: 'day' | 'month' } | null;
  /** Columns that can be added up, and those by which they can be told apart meanwhile. */
  readonly measures: readonly string[];
  readonly groups: readonly string[];
  /** What the view is made of, by the plain names of the star. */
  readonly sql: string;
  /** What narrows the answer. */
  readonly parameters: readonly string[];
  /** What it is made of. */
  readonly tables: readonly string[];
}

export interface Answered extends AnswerPage {
  readonly question: Question;
  /** Of the tables that it is made of. */
  readonly freshness: readonly TableFreshness[];
}

export interface Questions {
  list(): readonly AskedQuestion[];
  /** By what its rows are told apart. */
  keyOf(name: string): readonly string[];
  answer(name: string, narrowing: Narrowing): Promise<Answered>;
  /** One column added up over time, as pictures show it. */
  figures(name: string, asked: FiguresAsked): Promise<Figures & Pick<Answered, 'question' | 'freshness'>>;
}

export const parametersOf = (question: Question): readonly string[] => [...(question.time ? ['from', 'to'] : []), ...filtersOf(question)];

const described = (question: Question): AskedQuestion => ({
  name: question.name,
  asks: question.asks,
  reading: question.reading,
  view: viewNameOf(question),
  columns: Object.entries(question.columns).map(([name, { type, about, isAmount = false }]) => ({ name, type, about, isAmount })),
  key: question.key,
  time: question.time ?? null,
  measures: measuresOf(question),
  groups: groupsOf(question),
  sql: question.sql.trim(),
  parameters: parametersOf(question),
  tables: tablesOf(question),
});

const found = (name: string): Question => {
  const question = questionNamed(name);
  if (question) return question;
  throw new Refused('QUESTION_UNKNOWN', `There is no question ${name}. GET /reporting/questions lists those that there are.`, 'unknown');
};

const refused = (faults: readonly FieldError[]): Refused =>
  new Refused('PARAMETER_REFUSED', faults.map(({ field, message }) => `Query ${field}: ${message}`).join(' '), 'invalid', faults);

/** A parameter that a question does not know would be passed over in silence, and its answer be taken for another. */
const requireKnown = (question: Question, { from, to, where }: Pick<Narrowing, 'from' | 'to' | 'where'>): void => {
  const known = parametersOf(question);
  const message = `${question.name} is narrowed by ${known.length > 0 ? known.join(', ') : 'nothing'} only. Leave it out.`;
  const given = [...(from === undefined ? [] : ['from']), ...(to === undefined ? [] : ['to']), ...Object.keys(where)];
  const faults = given.filter((field) => !known.includes(field)).map((field) => ({ field, code: 'PARAMETER_REFUSED', message }));
  if (faults.length > 0) throw refused(faults);
  if (from !== undefined && to !== undefined && to < from)
    throw refused([{ field: 'to', code: 'PARAMETER_REFUSED', message: `must not be before from (${from}).` }]);
};

interface Reading {
  readonly answer: ReadAnswer;
  readonly figures: ReadFigures;
}

/** Answers questions from their views; every answer says how fresh it is. */
export const answering = (read: Reading, freshness: ReadFreshness): Questions => {
  // What an answer shows is at least as fresh as what was read before it.
  const freshnessOf = async (question: Question): Promise<readonly TableFreshness[]> => {
    const tables = new Set(tablesOf(question));
    return (await freshness()).tables.filter(({ table }) => tables.has(table));
  };
  return {
    list: () => questions.map(described),
    keyOf: (name) => found(name).key,
    answer: async (name, narrowing) => {
      const question = found(name);
      requireKnown(question, narrowing);
      return { question, freshness: await freshnessOf(question), ...(await read.answer(question, narrowing)) };
    },
    figures: async (name, asked) => {
      const question = found(name);
      requireKnown(question, asked);
      requireAddable(question, asked);
      return { question, freshness: await freshnessOf(question), ...(await read.figures(question, asked)) };
    },
  };
};
