import { Client } from 'pg';

const rowsOf = (name: string): string =>
  `select ${name.endsWith('.view_state') ? `(to_jsonb(t) - 'used_at')::text` : 't::text'} as row from ${name} t`;

/**
 * What stands in every table of a database, by its name: a digest of its rows. Two of them are equal where nothing was written in between. Not where followers
 * stand, and not when a program last said that it uses the tables of its views: they note it when they have time.
 */
export const contentsOf = async (url: string): Promise<Readonly<Record<string, string | null>>> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') and table_name <> 'checkpoint'`,
    );
    const digest = async (name: string) =>
      (await client.query<{ digest: string | null }>(`select md5(string_agg(row, e'\\n' order by row)) as digest from (${rowsOf(name)})`))
        .rows[0]?.digest ?? null;
    const contents: Record<string, string | null> = {};
    for (const { name } of tables) contents[name] = await digest(name);
    return contents;
  } finally {
    await client.end();
  }
};
