import { Client as Postgres } from 'pg';

/** A text in every coat that it could be written in: as it is, in hexadecimal (how Postgres shows bytes), in base64 at each of its three offsets. */
const coatsOf = (text: string): readonly string[] => {
  const bytes = Buffer.from(text);
  const inBase64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      // The first and the last characters depend on what stands beside the text.
      .slice(offset === 0 ? 0 : offset + 1)
      .replace(/=+$/, '')
      .slice(0, -2),
  );
  return [text, bytes.toString('hex'), ...inBase64];
};

/** All of them in every coat. */
export const anyCoat = (texts: readonly string[]): readonly string[] => texts.flatMap(coatsOf);

const tablesIn = async (postgres: Postgres): Promise<readonly string[]> => {
  const { rows } = await postgres.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  return rows.map(({ name }) => name);
};

/** The tables, of all schemas, in which one of these texts stands in any row. */
export const tablesWith = async (databaseUrl: string, texts: readonly string[]): Promise<readonly string[]> => {
  const postgres = new Postgres({ connectionString: databaseUrl });
  await postgres.connect();
  try {
    const found: string[] = [];
    for (const table of await tablesIn(postgres)) {
      const { rows } = await postgres.query<{ there: boolean }>(
        `select exists (select 1 from ${table} as row_ where exists (select 1 from unnest($1::text[]) as wanted where strpos(row_::text, wanted) > 0)) as there`,
        [anyCoat(texts)],
      );
      if (rows[0]?.there) found.push(table);
    }
    return found;
  } finally {
    await postgres.end();
  }
};
