import { messageOf } from '@cartage/eventsourcing';
import { Client } from 'pg';
import { Trouble } from '../client/client';

export type Value = string | number | boolean | null;

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Asks one question after the other, all of the same moment. */
export interface Asking {
  answer(sql: string): Promise<Answer>;
}

const MOST_ROWS = 10_000;
const SECONDS = 60;
/** int8, int2, int4, float4, float8, numeric. */
const numbers = new Set([20, 21, 23, 700, 701, 1700]);
const TRUTH = 16;

const valueOf = (type: number, text: string | null): Value => {
  if (text === null) return null;
  if (type === TRUTH) return text === 't';
  return numbers.has(type) ? Number(text) : text;
};

const raw = { getTypeParser: () => (text: string) => text };

/** Through a cursor, which only what reads can have. */
const answered = async (client: Client, sql: string): Promise<Answer> => {
  await client.query(`declare answer no scroll cursor for ${sql.replace(/;\s*$/, '')}`);
  const { fields, rows } = await client.query<(string | null)[]>({
    text: `fetch forward ${MOST_ROWS + 1} from answer`,
    rowMode: 'array',
    types: raw,
  });
  await client.query('close answer');
  if (rows.length > MOST_ROWS) throw new Trouble(`A question has more than ${MOST_ROWS} rows: group them.`);
  return {
    columns: fields.map(({ name }) => name),
    rows: rows.map((row) => row.map((cell, i) => valueOf(fields[i]?.dataTypeID ?? 0, cell))),
  };
};

/** In a transaction that reads one moment, and nothing but the public names of the star unless they are named in full. */
export const askingAt = async <Result>(databaseUrl: string, use: (asking: Asking) => Promise<Result>): Promise<Result> => {
  const options = `-c search_path=reporting -c timezone=UTC -c statement_timeout=${SECONDS}s`;
  const client = new Client({ connectionString: databaseUrl, options });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await use({
      answer: (sql) =>
        answered(client, sql).catch((error: unknown) => {
          throw error instanceof Trouble ? error : new Trouble(`${messageOf(error)}\n${sql}`, { cause: error });
        }),
    });
  } finally {
    await client.end();
  }
};
