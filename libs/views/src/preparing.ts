import { START } from '@cartage/eventsourcing';
import { escapeIdentifier as quoted, type Pool, type PoolClient } from 'pg';
import { commentStatements, definitionOf, inSchema, shadowOf, shapeOf, tableStatements } from './definition';
import { readStates, registryStatements, type ViewState } from './registry';
import { transaction } from './transaction';
import type { AnyView } from './view';

/** Makes what is missing and begins to rebuild what was defined anew. Safe in many processes at once. */
export const prepareViews = (pool: Pool, views: readonly AnyView[]): Promise<void> =>
  transaction(pool, async (client) => {
    await alone(client);
    await runAll(client, registryStatements);
    const states = await readStates(
      client,
      views.map(({ name }) => name),
    );
    for (const view of views) await prepareView(client, view, states.get(view.name));
  });

/** Begins to rebuild a view that is as it should be. One that is being rebuilt goes on. */
export const beginRebuild = (pool: Pool, view: AnyView): Promise<void> =>
  transaction(pool, async (client) => {
    await alone(client);
    const state = (await readStates(client, [view.name])).get(view.name);
    if (state?.nextDefinition !== definitionOf(view)) await createShadow(client, view);
  });

const alone = (client: PoolClient): Promise<unknown> =>
  client.query(`select pg_advisory_xact_lock(hashtextextended('cartage.views.define ' || current_schema(), 0))`);

const runAll = async (client: PoolClient, statements: readonly string[]): Promise<void> => {
  await client.query(statements.join(';\n'));
};

const prepareView = async (client: PoolClient, view: AnyView, state: ViewState | undefined): Promise<void> => {
  const definition = definitionOf(view);
  if (!state || !(await exists(client, view.name))) await createTable(client, view);
  else if (state.definition === definition) await runAll(client, commentStatements(view, view.name));
  else if (state.nextDefinition !== definition) await createShadow(client, view);
};

const exists = async (client: PoolClient, table: string): Promise<boolean> => {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass(${inSchema}) is not null as found`, [table]);
  return rows[0]?.found === true;
};

const createTable = async (client: PoolClient, view: AnyView): Promise<void> => {
  await client.query(`drop table if exists ${quoted(shadowOf(view))}`);
  await runAll(client, tableStatements(view, view.name));
  await client.query('delete from view_state where name = $1', [view.name]);
  await client.query('insert into view_state (name, position, definition, shape) values ($1, $2, $3, $4)', [
    view.name,
    START,
    definitionOf(view),
    shapeOf(view),
  ]);
};

const createShadow = async (client: PoolClient, view: AnyView): Promise<void> => {
  await client.query(`drop table if exists ${quoted(shadowOf(view))}`);
  await runAll(client, tableStatements(view, shadowOf(view)));
  await client.query('update view_state set next_definition = $2, next_position = $3, next_started_at = now() where name = $1', [
    view.name,
    definitionOf(view),
    START,
  ]);
};
