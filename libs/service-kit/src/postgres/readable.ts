import type { ClientBase } from 'pg';

const UNREADABLE = `
  select nspname as name from pg_namespace where nspname = any($1) and not has_schema_privilege(oid, 'usage') order by nspname`;

/** Those of these schemas that are there and that whoever is connected may not look into: a role of one service, where each has its own. */
export const unreadableOf = async (db: Pick<ClientBase, 'query'>, schemas: readonly string[]): Promise<readonly string[]> =>
  (await db.query<{ readonly name: string }>(UNREADABLE, [schemas])).rows.map(({ name }) => name);

/** For people: what may not be read, and the fix. */
export const sayingUnreadable = (schemas: readonly string[]): string =>
  `DATABASE_URL may not read ${schemas.join(', ')}: it is the address of one service. Come as who may read all of them, such as who made the roles (npm run roles).`;
