import { codeOf, Refused } from '@cartage/eventsourcing';
import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import { escapeIdentifier as quoted, escapeLiteral as literal, type Pool } from 'pg';
import type { AnswerRow, Narrowing, ReadAnswer } from '../../app/questions';
import { viewNameOf, type ColumnType, type Question, type QuestionColumn } from '../../domain/questions/question';

/** An answer may take so long, and no longer; it changes nothing. */
const MOST_SECONDS = 30;
const settings = { statement_timeout: `${MOST_SECONDS}s`, transaction_read_only: 'on' };
const TOOK_TOO_LONG = '57014';

const tooLarge = (): Refused => {
  const message = `it took more than ${MOST_SECONDS} seconds to answer. Narrow it, such as by from and to, or ask the view itself in SQL.`;
  return new Refused('ANSWER_TOO_LARGE', `Query: ${message}`, 'invalid', [{ field: 'from', code: 'ANSWER_TOO_LARGE', message }]);
};

const shown: Readonly<Record<ColumnType, (column: string) => string>> = {
  text: (column) => column,
  bigint: (column) => column,
  numeric: (column) => column,
  date: (column) => `${column}::text`,
  timestamptz: isoTime,
};

/** As text that is in the order of what it says; null comes first. No number that orders rows is below zero. */
const sortable: Readonly<Record<ColumnType, (column: string) => string>> = {
  ...shown,
  bigint: (column) => `lpad(${column}::text, 19, '0')`,
};

const rowText = ({ columns }: Question): string =>
  `json_build_object(${Object.entries<QuestionColumn>(columns)
    .map(([column, { type }]) => `${literal(column)}, ${shown[type](quoted(column))}`)
    .join(', ')})`;

const keyText = ({ columns, key }: Question): string =>
  `(array[${key.map((column) => `coalesce(${sortable[columns[column]?.type ?? 'text'](quoted(column))}, '')`).join(', ')}]::text[] collate "C")`;

/** A month counts if a day of it is in the range. */
const rangeText = ({ time }: Question): readonly string[] =>
  time
    ? [
        `($1::date is null or ${quoted(time.column)} >= date_trunc('${time.unit}', $1::date)::date)`,
        `($2::date is null or ${quoted(time.column)} <= $2::date)`,
      ]
    : [`$1::date is null and $2::date is null`];

const pageText = (question: Question, filtered: readonly string[]): string => `
  select ${rowText(question)} as row, array_to_json(${keyText(question)}) as key from ${quoted(viewNameOf(question))}
  where ${[...rangeText(question), `($3::text[] is null or ${keyText(question)} > $3::text[])`, ...filtered].join(' and ')}
  order by ${keyText(question)} limit $4`;

interface Read {
  readonly row: AnswerRow;
  readonly key: readonly string[];
}

export const answersIn =
  (pool: Pool): ReadAnswer =>
  async (question, { from, to, where, after, limit }: Narrowing) => {
    const wanted = Object.entries(where);
    const filtered = wanted.map(([column], i) => `${quoted(column)} = $${i + 5}`);
    const parameters = [from ?? null, to ?? null, after ?? null, limit + 1, ...wanted.map(([, value]) => value)];
    try {
      const { rows } = await inTransaction(pool, (client) => client.query<Read>(pageText(question, filtered), parameters), settings);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return { rows: rows.slice(0, limit).map(({ row }) => row), next: last?.key };
    } catch (error) {
      throw codeOf(error) === TOOK_TOO_LONG ? tooLarge() : error;
    }
  };
