import { tableOf } from './definition';
import type { AnyView, Sql } from './view';

export interface KeptModel<Model> {
  /** The newest that was kept; nothing where the table that it was learned from lost its end, or is made anew: its position is not there, and it is learned from the beginning. */
  kept(): Promise<Model | undefined>;
  /** The newest of what several processes keep counts. */
  keep(model: Model): Promise<void>;
}

/** What was learned from a view whose rows are facts of the log (`position`), in a table of the service: `view_table` (its key), `position`, `model`, `kept_at`. */
export const keptModel = <Model extends { readonly position: string }>(
  sql: Sql,
  { view, table }: { readonly view: AnyView; readonly table: string },
): KeptModel<Model> => {
  const facts = tableOf(view);
  const isStill = `exists (select 1 from ${facts} fact where fact.position = ${table}.position)`;
  const found = `select model from ${table} where view_table = '${facts}' and ${isStill}`;
  const newest = `
    insert into ${table} (view_table, position, model) values ('${facts}', $1, $2)
    on conflict (view_table) do update set position = excluded.position, model = excluded.model, kept_at = now()
    where ${table}.position < excluded.position or not ${isStill}`;
  return {
    kept: async () => (await sql.query<{ readonly model: Model }>(found)).rows[0]?.model,
    keep: async (model) => void (await sql.query(newest, [model.position, JSON.stringify(model)])),
  };
};
