import { Refused } from '@cartage/eventsourcing';
import type { ClientBase } from 'pg';

/** What somebody who only asks must not be able to do, whatever the SQL says: each as a sentence, or null. Parameter 1 is the schema of the star. */
const LOOK = `
  with own as (select * from pg_roles where rolname = session_user),
  relation as (
    select c.oid, format('%I.%I', n.nspname, c.relname) as name, n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_')
  select pg_backend_pid() as pid, coalesce(
    (select 'is a superuser, or may make roles or databases, or passes over row security' from own where rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls),
    (select 'belongs to the role ' || r.rolname from pg_roles r where r.rolname <> session_user and pg_has_role(session_user, r.oid, 'member') limit 1),
    (select 'may write to ' || name from relation where has_table_privilege(session_user, oid, 'insert, update, delete, truncate') limit 1),
    (select 'may read ' || name || ', which is outside the star' from relation where schema not in ($1, 'public') and has_table_privilege(session_user, oid, 'select') limit 1),
    (select 'may make tables in the schema ' || nspname from pg_namespace where nspname !~ '^pg_' and has_schema_privilege(session_user, oid, 'create') limit 1)
  ) as trouble`;

/** Refuses to ask anything as somebody who may do more than read the star; answers with the number of the server’s process. */
export const requireHarmless = async (client: ClientBase, schema: string): Promise<number> => {
  const { rows } = await client.query<{ pid: string; trouble: string | null }>(LOOK, [schema]);
  const [{ pid, trouble } = { pid: '0', trouble: null }] = rows;
  if (trouble === null) return Number(pid);
  throw new Refused(
    'REPORTS_MAY_TOO_MUCH',
    `Nothing is asked: who REPORTS_DATABASE_URL comes in as ${trouble}. Make a role that may only read: docs/how-to/give-least-rights.md.`,
  );
};
