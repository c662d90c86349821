import { list, named, nullable, object, oneOf, text, type Schema } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { AnswerRow, AskedQuestion, Cell } from '../../app/questions';
import type { TableFreshness } from '../../app/freshness';
import { tableFreshness } from '../freshness.answers';

export interface QuestionList {
  readonly items: readonly AskedQuestion[];
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
          object({ name: text(), type: oneOf(columnTypes, 'Of Postgres.'), about: text('Meaning, unit, and what null means.') }),
        ),
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
