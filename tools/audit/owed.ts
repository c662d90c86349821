import { Client as Postgres } from 'pg';
import { findingsOf, isOpen, lineOf, type Book } from '@cartage/audit/domain';

/** Longer than our own programs may take, and shorter than what waits for people. */
const AHEAD_MS = 10 * 60_000;

/** What the audit would find in ten minutes if nothing more came of all that it has heard: what our own programs still owe, or did twice. */
export const owedIn = async (databaseUrl: string): Promise<readonly string[]> => {
  const postgres = new Postgres({ connectionString: databaseUrl });
  await postgres.connect();
  try {
    const { rows } = await postgres.query<{ readonly content: Book }>('select content from audit.book');
    if (rows.length === 0) throw new Error('The audit has heard of nothing, so that nothing is shown by what it finds.');
    const at = new Date(Date.now() + AHEAD_MS).toISOString();
    const found = rows.flatMap(({ content }) => findingsOf(content, at)).filter((each) => isOpen(each) && each.whose === 'services');
    return found.map(lineOf).toSorted();
  } finally {
    await postgres.end();
  }
};
