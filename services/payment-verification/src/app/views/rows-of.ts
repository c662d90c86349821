import type { Sql } from '@cartage/views';

/** The rows of a query that selects each as one JSON object, `row`. */
export const rowsOf = async <Row>(sql: Sql, text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  (await sql.query<{ readonly row: Row }>(text, values)).rows.map(({ row }) => row);
