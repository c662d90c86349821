import { migrateEventStore, postgresEventStore, type PostgresEventStore } from '@cartage/event-store';
import type { LineQuantity } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { testDatabase } from '@cartage/testkit';
import { newId } from '@cartage/service-kit';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { createAvailabilities, type Availabilities } from '../app/availability';
import { createLocations, type Locations } from '../app/locations';
import { createReservations, type Reservations } from '../app/reservations';
import { createStocks, type Stocks } from '../app/stock';
import type { LocationProfile } from '../domain/location-profile';
import { published } from '../domain/published';
import { LocationRow } from './location.entity';
import { locationReading } from './location-reading';
import { Ledger1764000000000 } from './migrations/ledger-1764000000000';
import { postgresLedger } from './postgres-ledger';
import { postgresReading } from './postgres-reading';

/** One process of the service, with connections of its own. */
export interface Process {
  readonly pool: Pool;
  readonly store: PostgresEventStore;
  readonly reservations: Reservations;
  readonly stocks: Stocks;
  readonly locations: Locations;
  readonly availabilities: Availabilities;
}

export interface InventoryForTests {
  /** Two processes on one database. */
  readonly processes: readonly [Process, Process];
  readonly close: () => Promise<void>;
}

const processOn = (url: string, db: DataSource): Process => {
  const pool = new Pool({ connectionString: url, max: 8 });
  const store = postgresEventStore({ pool });
  const needs = { store, ledger: postgresLedger(store), newId, isPublic: (type: string) => type in published, now: () => new Date() };
  return {
    pool,
    store,
    reservations: createReservations(needs),
    stocks: createStocks(needs),
    locations: createLocations({ ...needs, reading: locationReading(db) }),
    availabilities: createAvailabilities(postgresReading(pool)),
  };
};

export const inventoryForTests = async (): Promise<InventoryForTests> => {
  const { url, drop } = await testDatabase();
  const db = new DataSource({ type: 'postgres', url, entities: [LocationRow], migrations: [Ledger1764000000000] });
  await db.initialize();
  await db.runMigrations();
  const processes = [processOn(url, db), processOn(url, db)] as const;
  await migrateEventStore(processes[0].pool);
  return {
    processes,
    close: async () => {
      await Promise.all(processes.map(({ pool }) => pool.end()));
      await db.destroy();
      await drop();
    },
  };
};

export const metaFor = (commandId: string = newId()): Meta => ({ commandId, correlationId: commandId, actor: 'test' });

export const place: LocationProfile = {
  name: 'A place',
  kind: 'warehouse',
  country: 'GB',
  latitude: 51.5,
  longitude: -0.14,
  active: true,
};

/** A location with this on its shelves. */
export const stocked = async ({ locations, stocks }: Process, location: string, units: Readonly<Record<string, number>>): Promise<void> => {
  await locations.change(location, place, metaFor());
  const lines = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
  await stocks.receive({ location, lines }, metaFor());
};

export const lineOf = (sku: string, quantity: number, lineId = '1'): LineQuantity => ({ lineId, sku, quantity });

const DRIFT = `
  with places as (
    select coalesce(s.sku, m.sku) as sku, coalesce(s.location, m.location) as location
    from stock s full join (
      select sku, location, sum(delta_on_hand) as on_hand, sum(delta_allocated) as allocated, sum(delta_safety_stock) as held,
        sum(delta_unavailable) as unavailable
      from stock_movement where location is not null group by sku, location
    ) m using (sku, location)
    where (s.on_hand, s.allocated, least(s.safety_stock, s.on_hand - s.allocated), s.unavailable)
      is distinct from (coalesce(m.on_hand, 0), coalesce(m.allocated, 0), coalesce(m.held, 0), coalesce(m.unavailable, 0))
  ), sums as (
    select n.sku, 'ledger' as location from network_stock n left join (
      select sku, sum(delta_on_hand) as on_hand, sum(delta_allocated) as allocated, sum(delta_reserved) as reserved,
        sum(delta_safety_stock) as held
      from stock_movement where in_network group by sku
    ) m using (sku)
    where (n.on_hand, n.allocated, n.reserved, n.safety_stock)
      is distinct from (coalesce(m.on_hand, 0), coalesce(m.allocated, 0), coalesce(m.reserved, 0), coalesce(m.held, 0))
  ), network as (
    select n.sku, 'network' as location from network_stock n left join (
      select s.sku, sum(on_hand) as on_hand, sum(allocated) as allocated, sum(least(safety_stock, on_hand - allocated)) as held
      from stock s join location l on l.code = s.location and l.active group by s.sku
    ) s using (sku)
    where (n.on_hand, n.allocated, n.safety_stock) is distinct from (coalesce(s.on_hand, 0), coalesce(s.allocated, 0), coalesce(s.held, 0))
  ), claims as (
    select n.sku, 'claims' as location from network_stock n left join (
      select sku, sum(reserved) as reserved, sum(allocated) as allocated from reservation_line group by sku
    ) r using (sku)
    where (n.reserved, n.allocated) is distinct from (coalesce(r.reserved, 0), coalesce(r.allocated, 0))
  ), queue as (
    select n.sku, 'queue' as location from network_stock n join reservation_line r using (sku)
    where r.waiting > 0 and r.waiting <= n.on_hand - n.reserved - n.allocated - n.safety_stock
  )
  select * from places union all select * from sums union all select * from network union all select * from claims union all select * from queue`;

/** Everywhere that the rows are not the sums of the movements, of the locations, or of the orders' claims. */
export const driftIn = async ({ pool }: Process): Promise<readonly unknown[]> => (await pool.query(DRIFT)).rows;
