import { codeOf, Refused } from '@cartage/eventsourcing';
import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import { escapeIdentifier as quoted, escapeLiteral as literal, type Pool, type QueryResultRow } from 'pg';
import type { Figure, ReadFigures } from '../../app/figures';
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

/** In a transaction that only reads; nobody waits for one that takes too long. */
const readIn = async <Row extends QueryResultRow>(pool: Pool, text: string, parameters: readonly unknown[]): Promise<readonly Row[]> => {
  try {
    return (await inTransaction(pool, (client) => client.query<Row>(text, [...parameters]), settings)).rows;
  } catch (error) {
    throw codeOf(error) === TOOK_TOO_LONG ? tooLarge() : error;
  }
};

const filteredFrom = (first: number, where: Narrowing['where']): readonly string[] =>
  Object.keys(where).map((column, i) => `${quoted(column)} = $${i + first}`);

export const answersIn =
  (pool: Pool): ReadAnswer =>
  async (question, { from, to, where, after, limit }: Narrowing) => {
    const parameters = [from ?? null, to ?? null, after ?? null, limit + 1, ...Object.values(where)];
    const rows = await readIn<Read>(pool, pageText(question, filteredFrom(5, where)), parameters);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { rows: rows.slice(0, limit).map(({ row }) => row), next: last?.key };
  };

/** More lines in one picture nobody tells apart. */
const MOST_GROUPS = 8;

const figuresText = (
  question: Question,
  { measure, by }: { readonly measure: string; readonly by?: string | undefined },
  filtered: readonly string[],
): string => {
  const { columns, time } = question;
  const [at, group] = [time ? `${quoted(time.column)}::text` : 'null::text', by === undefined ? 'null::text' : quoted(by)];
  const currency = columns[measure]?.isAmount ? 'currency' : 'null::text';
  return `
    with figure as (
      select ${at} as at, ${group} as "group", ${currency} as currency, sum(${quoted(measure)})::bigint as value from ${quoted(viewNameOf(question))}
      where ${[...rangeText(question), ...filtered].join(' and ')} group by 1, 2, 3 having sum(${quoted(measure)}) is not null),
    sized as (
      select "group", currency, row_number() over (partition by currency order by sum(abs(value)) desc, "group") as place from figure group by 1, 2)
    select json_build_object('at', f.at, 'group', f."group", 'currency', f.currency, 'value', f.value) as figure, s.place::int as place
    from figure f join sized s on s."group" is not distinct from f."group" and s.currency is not distinct from f.currency
    order by f.currency, s.place, f.at`;
};

interface ReadFigure {
  readonly figure: Figure;
  readonly place: number;
}

/** The largest groups of each currency; the others are only counted. */
export const figuresIn =
  (pool: Pool): ReadFigures =>
  async (question, { measure, by, from, to, where }) => {
    const text = figuresText(question, { measure, by }, filteredFrom(3, where));
    const rows = await readIn<ReadFigure>(pool, text, [from ?? null, to ?? null, ...Object.values(where)]);
    const left = rows
      .filter(({ place }) => place > MOST_GROUPS)
      .map(({ figure: { currency, group } }) => JSON.stringify([currency, group]));
    return { figures: rows.filter(({ place }) => place <= MOST_GROUPS).map(({ figure }) => figure), left: new Set(left).size };
  };
