import type { PostgresEventStore } from '@cartage/event-store';
import type { Pool } from 'pg';
import type { ToldRows } from '../../app/watching/demand-telling';
import type { Place } from '../../app/watching/forecasts';
import type { ToldDemand } from '../../domain/watching/expected-demand';
import { appendWithRows } from '../catalogue/append-with-rows';

const TOLD = `
  select d.sku, d.location, d.told from demand_forecast d
  join jsonb_to_recordset($1) as p (sku text, location text) on p.sku = d.sku and p.location = d.location
  where d.told is not null`;
const TELL = `
  update demand_forecast d set told = s.told from jsonb_to_recordset($1) as s (sku text, location text, told jsonb)
  where d.sku = s.sku and d.location = s.location`;

const placesOf = (places: readonly Place[]): string => JSON.stringify(places.map(({ sku, location }) => ({ sku, location })));

export const toldRows = (pool: Pool, store: Pick<PostgresEventStore, 'transaction'>): ToldRows => ({
  told: async (places) => (await pool.query<Place & { readonly told: ToldDemand }>(TOLD, [placesOf(places)])).rows,
  append: (writes, said) =>
    appendWithRows(store, writes, async (client) => {
      const rows = said.map(({ sku, location, ...told }) => ({ sku, location, told }));
      await client.query(TELL, [JSON.stringify(rows)]);
    }),
});
