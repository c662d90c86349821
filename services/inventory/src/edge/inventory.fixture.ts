import { migrateEventStore, postgresEventStore, type ArchiveFiles, type PostgresEventStore } from '@cartage/event-store';
import type { LineQuantity } from '@cartage/contracts';
import { memoryDeadlines, type DeadlineQueue, type Meta } from '@cartage/eventsourcing';
import { testDatabase } from '@cartage/testkit';
import { idFor, newId } from '@cartage/service-kit';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { createAvailabilities, type Availabilities } from '../app/availability';
import { AvailabilityFeed } from '../app/availability/availability-feed';
import { createCarts, type Carts } from '../app/carts';
import { createItems, type Items } from '../app/catalogue/items';
import { createChannels, type Channels } from '../app/channels/channels';
import { createExplanations, type Explanations } from '../app/explanation';
import { createLocations, type Locations } from '../app/locations';
import { createRepairs, type Repairs } from '../app/repairs';
import { createReservations, type Reservations } from '../app/reservations';
import { createStatements, type Statements } from '../app/statements/statements';
import { createStocks, type Stocks } from '../app/stock';
import { createPurchaseOrders, type PurchaseOrders } from '../app/supply/purchase-orders';
import { createTransfers, type Transfers } from '../app/supply/transfers';
import { demandTelling } from '../app/watching/demand-telling';
import { createForecasts, type Forecasts } from '../app/watching/forecasts';
import { createWatching, type Watching } from '../app/watching/watching';
import type { Drift, Verification } from '../app/verification';
import { unknownLocation } from '../domain/location';
import type { LocationProfile } from '../domain/location-profile';
import { publishedCatalogue } from '../domain/catalogue/published';
import { published } from '../domain/published';
import { publishedAlerts } from '../domain/watching/published';
import { availabilityTransactions } from './availability/postgres-availability';
import { cartReading } from './cart-reading';
import { postgresItems } from './catalogue/postgres-items';
import { channelReading } from './channels/postgres-channels';
import { locationReading } from './location-reading';
import { migrations } from './migrations';
import { postgresExplanation } from './postgres-explanation';
import { postgresLedger } from './postgres-ledger';
import { postgresReading } from './postgres-reading';
import { toldRows } from './watching/postgres-demand-told';
import { forecastRows } from './watching/postgres-forecasts';
import { watchRows } from './watching/postgres-watching';
import { postgresVerification } from './verification/postgres-verification';
import { appendTolerances, postgresStatementLedger, statementTable } from './statements/postgres-statements';
import { postgresSupplyLedger, purchaseOrderReading } from './supply/postgres-supply';
import { transferReading } from './supply/postgres-transfers';

/** One process of the service, with connections of its own. */
export interface Process {
  readonly pool: Pool;
  readonly store: PostgresEventStore;
  readonly reservations: Reservations;
  readonly stocks: Stocks;
  readonly locations: Locations;
  readonly availabilities: Availabilities;
  readonly channels: Channels;
  readonly carts: Carts;
  readonly feed: AvailabilityFeed;
  readonly items: Items;
  readonly explanations: Explanations;
  readonly verification: Verification;
  readonly repairs: Repairs;
  readonly watching: Watching;
  readonly forecasts: Forecasts;
  readonly purchaseOrders: PurchaseOrders;
  readonly transfers: Transfers;
  readonly statements: Statements;
  /** What was set to come due. */
  readonly deadlines: DeadlineQueue;
}

export interface InventoryForTests {
  /** Two processes on one database. */
  readonly processes: readonly [Process, Process];
  readonly close: () => Promise<void>;
}

interface InventoryOptions {
  /** Where old events of its log are, if anywhere. */
  readonly archive?: ArchiveFiles;
}

const isPublic = (type: string): boolean => type in published || type in publishedAlerts || type in publishedCatalogue;

const processOn = (url: string, options: InventoryOptions): Process => {
  const pool = new Pool({ connectionString: url, max: 8 });
  const store = postgresEventStore({ pool, ...options });
  const deadlines = memoryDeadlines();
  const needs = { store, ledger: postgresLedger(store), newId, isPublic, now: () => new Date() };
  const tell = demandTelling({ ...needs, rows: toldRows(pool, store) });
  const forecasts = createForecasts({ ...needs, rows: forecastRows(pool), deadlines, tell });
  return {
    pool,
    store,
    reservations: createReservations(needs),
    stocks: createStocks(needs),
    locations: createLocations({ ...needs, reading: locationReading(pool) }),
    availabilities: createAvailabilities({ ...postgresReading(pool), ...channelReading(pool) }),
    channels: createChannels({ ...needs, deadlines, reading: channelReading(pool) }),
    carts: createCarts({ ...needs, reading: cartReading(pool), deadlines }),
    feed: new AvailabilityFeed({ ...needs, ...availabilityTransactions(pool, store) }),
    items: createItems({ ...needs, catalogue: postgresItems(pool, store) }),
    explanations: createExplanations(postgresExplanation(pool, store), unknownLocation),
    verification: postgresVerification(pool),
    repairs: createRepairs(needs),
    forecasts,
    watching: createWatching({ ...needs, rows: watchRows(pool, store), learn: forecasts.learn }),
    deadlines,
    statements: createStatements({
      ...{ ...needs, deadlines, idFor, keptDays: 90, tolerance: { units: 2, percent: 10 } },
      ...{ ledger: postgresStatementLedger(store), table: statementTable(pool), appendTolerances: appendTolerances(store) },
    }),
    transfers: createTransfers({ ...needs, ledger: postgresSupplyLedger(store), reading: transferReading(pool), deadlines, graceMs: 0 }),
    purchaseOrders: createPurchaseOrders({
      ...needs,
      ledger: postgresSupplyLedger(store),
      reading: purchaseOrderReading(pool),
      deadlines,
      graceMs: 0,
    }),
  };
};

export const inventoryForTests = async (options: InventoryOptions = {}): Promise<InventoryForTests> => {
  const { url, drop } = await testDatabase();
  const db = new DataSource({
    type: 'postgres',
    url,
    migrations,
  });
  await db.initialize();
  await db.runMigrations();
  const processes = [processOn(url, options), processOn(url, options)] as const;
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

/** Everywhere that the rows are not the sums of the movements, of the locations, or of the orders’ claims; and where an order waits for what is there. */
export const driftIn = async ({ verification }: Process): Promise<readonly Drift[]> => (await verification.verify()).drifts;
