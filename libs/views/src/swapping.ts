import { escapeIdentifier as quoted, type Pool, type PoolClient } from 'pg';
import { statementsOf, type Batch } from './applying';
import { inSchema, shapeOf } from './definition';
import { Overtaken, type Step } from './registry';
import type { Target } from './targets';
import { transaction } from './transaction';
import { write } from './writing';

/**
 * Puts the shadow in the serving table's place, in one short transaction with its last rows. Whoever may read the old table may read the
 * new one. SQL views that others built upon the table make it fail (Postgres refuses the drop): they belong upon a copy.
 */
export const swap = (pool: Pool, shadow: Target, batch: Batch, step: Step): Promise<void> => {
  const { view, table } = shadow;
  const statements = statementsOf(shadow, batch);
  return transaction(pool, async (client) => {
    // Readers queue behind a waiting drop: better give up soon, and try again.
    await client.query(`set local lock_timeout = '2s'`);
    await takePlace(client, shadow, step);
    await write(client, statements);
    await copyGrants(client, view.name, table);
    await client.query(`drop table ${quoted(view.name)}; alter table ${quoted(table)} rename to ${quoted(view.name)}`);
  });
};

const takePlace = async (client: PoolClient, { view, definition }: Target, { from, to, shownUntil }: Step): Promise<void> => {
  const { rowCount } = await client.query(
    `update view_state set position = $4, shown_until = coalesce($5, shown_until), updated_at = now(), definition = $2, shape = $6,
       next_definition = null, next_position = null, next_started_at = null
     where name = $1 and next_definition = $2 and next_position = $3`,
    [view.name, definition, from, to, shownUntil, shapeOf(view)],
  );
  if (rowCount !== 1) throw new Overtaken(`Somebody else rebuilds ${view.name}.`);
};

const copyGrants = async (client: PoolClient, from: string, to: string): Promise<void> => {
  const { rows } = await client.query<{ grant: string }>(
    `select format('grant %s on %I to %s', a.privilege_type, $2::text, case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end) as grant
     from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
     where c.oid = to_regclass(${inSchema}) and a.grantee <> c.relowner`,
    [from, to],
  );
  for (const { grant } of rows) await client.query(grant);
};
