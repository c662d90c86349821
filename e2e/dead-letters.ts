import { Client as Postgres } from 'pg';

/** How many dead letters each service keeps, by its schema; those that it parked because of an earlier one of their key count, too. */
export const deadLettersIn = async (databaseUrl: string): Promise<Readonly<Record<string, number>>> => {
  const postgres = new Postgres({ connectionString: databaseUrl });
  await postgres.connect();
  try {
    const { rows } = await postgres.query<{ schema: string }>(
      `select schemaname as schema from pg_tables where tablename = 'dead_letter' order by schemaname collate "C"`,
    );
    const counted: [string, number][] = [];
    for (const { schema } of rows) {
      const found = await postgres.query<{ n: number }>(`select count(*)::int as n from ${postgres.escapeIdentifier(schema)}.dead_letter`);
      counted.push([schema, found.rows[0]?.n ?? 0]);
    }
    return Object.fromEntries(counted);
  } finally {
    await postgres.end();
  }
};

/** None with anybody: every service has its table, and it is empty. */
export const noDeadLetters = {
  ...{ audit: 0, fulfillment: 0, inventory: 0, notifications: 0, orders: 0, payments: 0 },
  ...{ reporting: 0, returns: 0, shipping: 0, subscriptions: 0, console: 0 },
};
