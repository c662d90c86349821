import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { knownOf, type Known } from './known';
import { twentyQuestions, type Cell, type Rows, type TwiceAnswered } from './questions';

export interface TwoAnswers {
  readonly asks: string;
  readonly reporting: Rows;
  readonly file: Rows;
  readonly equal: boolean;
}

export interface Asking {
  readonly databaseUrl: string;
  readonly file: string;
  /** So many invoices of it were replayed; absent: all. */
  readonly limit?: number | undefined;
  /** What differs is asked again for so long: what has just happened is on its way. */
  readonly patienceMs: number;
}

const LOOK_AGAIN_MS = 1_000;

const sorted = (rows: Rows): Rows => [...rows].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** Sums come as text. */
const cellOf = (value: unknown): Cell => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : (value as Cell));

const answer = async (client: Client, { asks, sql, byFile }: TwiceAnswered, known: Known): Promise<TwoAnswers> => {
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
  const [reporting, file] = [sorted(rows.map((row) => row.map(cellOf))), sorted(byFile(known).map((row) => row.map(cellOf)))];
  return { asks, reporting, file, equal: JSON.stringify(reporting) === JSON.stringify(file) };
};

/** Answers each question from the tables for analysts and by an independent pass over the file. */
export const answerTwice = async ({ databaseUrl, file, limit, patienceMs }: Asking): Promise<readonly TwoAnswers[]> => {
  const known = await knownOf(file, limit);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('set default_transaction_read_only = on');
    const answers: TwoAnswers[] = [];
    let waited = 0;
    for (const question of twentyQuestions) {
      let both = await answer(client, question, known);
      for (; !both.equal && waited < patienceMs; waited += LOOK_AGAIN_MS) {
        await pause(LOOK_AGAIN_MS);
        both = await answer(client, question, known);
      }
      answers.push(both);
    }
    return answers;
  } finally {
    await client.end();
  }
};
