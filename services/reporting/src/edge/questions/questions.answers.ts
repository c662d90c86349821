import { integer, list, named, nullable, object, oneOf, text, truth, type Schema } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { Figures } from '../../app/figures';
import type { AnswerRow, AskedQuestion, Cell } from '../../app/questions';
import type { TableFreshness } from '../../app/freshness';
import { tableFreshness } from '../freshness.answers';

export interface QuestionList {
  readonly items: readonly AskedQuestion[];
}

export interface ShownFigures extends Figures {
  readonly question: string;
  readonly measure: string;
  readonly by: string | null;
  readonly freshness: readonly TableFreshness[];
}

export interface ShownAnswer {
  readonly question: string;
  readonly rows: readonly AnswerRow[];
  readonly next: string | null;
  readonly freshness: readonly TableFreshness[];
}

const columnTypes = ['text', 'bigint', 'numeric', 'date', 'timestamptz'] as const;

export const questionList = answerOf<QuestionList>()(
  'ReportingQuestions',
  object({
    items: list(
      object({
        name: text('As it stands in the path.'),
        asks: text('The question.'),
        reading: text('What has to be known to read the answer.'),
        view: text('The view in the schema `reporting` that answers it.'),
        columns: list(
          object({
            name: text(),
            type: oneOf(columnTypes, 'Of Postgres.'),
            about: text('Meaning, unit, and what null means.'),
            isAmount: truth('Whether it is money: minor units of the currency of its row.'),
          }),
        ),
        key: list(text(), 'Columns that tell the rows apart, and order them.'),
        time: nullable(
          object(
            { column: text(), unit: oneOf(['day', 'month']) },
            'The column that `from` and `to` narrow; null: the answer is as things are now.',
          ),
        ),
        measures: list(text(), 'Columns that can be added up: what is a share, a median or counted in several rows cannot.'),
        groups: list(text(), 'Columns by which these can be told apart.'),
        sql: text('What the view is made of, by the plain names of the star.'),
        parameters: list(text(), 'What narrows the answer.'),
        tables: list(text(), 'Tables of the star that the answer is made of.'),
      }),
    ),
  }),
);

const cell: Schema<Cell> = { json: { type: ['string', 'number', 'null'] } };

export const shownAnswer = answerOf<ShownAnswer>()(
  'ReportingAnswer',
  object({
    question: text('Its name.'),
    rows: list(named(cell), 'By the columns of the question, in the order of its key.'),
    next: nullable(text('The `cursor` of the next page; null on the last.')),
    freshness: list(tableFreshness, 'Of the tables that the answer is made of.'),
  }),
);

export const shownFigures = answerOf<ShownFigures>()(
  'ReportingFigures',
  object({
    question: text('Its name.'),
    measure: text('What was added up.'),
    by: nullable(text('By what it was told apart.')),
    figures: list(
      object({
        at: nullable(text('The UTC day, or the first of the month; null in answers without a time.')),
        group: nullable(text('What it is of; null: it says nothing of that, or it is not told apart.')),
        currency: nullable(text('ISO 4217; null where it is no money. Nothing of two currencies is added up.')),
        value: integer('Minor units of the currency, where it is money.'),
      }),
      'Of each currency the groups of which there is most, the largest first; of each group the earliest first.',
    ),
    left: integer('So many smaller groups are not among them.'),
    freshness: list(tableFreshness, 'Of the tables that the answer is made of.'),
  }),
);
