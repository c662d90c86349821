import { Topics } from '@cartage/contracts';
import { joinsTransactions, type PostgresEventStore } from '@cartage/event-store';
import type { EventStore } from '@cartage/eventsourcing';
import type { Kit, Parts, Service } from '@cartage/service-kit';
import { availabilityParts } from './availability.parts';
import { catalogueParts } from './catalogue.parts';
import { supplyParts } from './supply.parts';
import { publishedAlerts } from './domain/watching/published';
import { verificationParts } from './verification.parts';
import { createCarts } from './app/carts';
import { createChannels } from './app/channels/channels';
import { createAvailabilities } from './app/availability';
import { createExplanations } from './app/explanation';
import { createLocations } from './app/locations';
import { createReservations } from './app/reservations';
import { createStocks } from './app/stock';
import { settings, type Settings } from './config';
import { publishedCatalogue } from './domain/catalogue/published';
import { unknownLocation } from './domain/location';
import { published } from './domain/published';
import { publishedSupply } from './domain/supply/published';
import { CARTS, CartsController } from './edge/carts.controller';
import { cartReading } from './edge/cart-reading';
import { countedItems } from './edge/catalogue/postgres-items';
import { CHANNELS, ChannelsController } from './edge/channels/channels.controller';
import { channelReading } from './edge/channels/postgres-channels';
import { EXPLANATIONS, ExplanationController } from './edge/explanation.controller';
import { listenersOf } from './edge/listeners';
import { migrations } from './edge/migrations';
import { LocationRow } from './edge/location.entity';
import { locationReading } from './edge/location-reading';
import { LOCATIONS, LocationsController } from './edge/locations.controller';
import { postgresExplanation } from './edge/postgres-explanation';
import { postgresLedger } from './edge/postgres-ledger';
import { postgresReading } from './edge/postgres-reading';
import { AVAILABILITIES, StockController, STOCKS } from './edge/stock.controller';

/** The ledger's rows and its events must land together, so its log must be in the same Postgres. */
const joining = (store: EventStore): PostgresEventStore => {
  if (joinsTransactions(store)) return store;
  throw new Error('Inventory needs its event log in Postgres: leave EVENT_STORE_URL out, or let it name a Postgres.');
};

const compose = (kit: Kit<Settings>): Parts => {
  const { store, pool, db, deadlines, newId, isPublic, now } = kit;
  const joined = joining(store);
  const ledger = postgresLedger(joined);
  const channels = channelReading(pool);
  const needs = { store, ledger, newId, isPublic, now };
  const availability = availabilityParts(kit, joined);
  const stocks = createStocks(needs);
  const carts = createCarts({ ...needs, deadlines, reading: cartReading(pool) });
  const supply = supplyParts(kit, joined);
  const parts = [availability, catalogueParts(kit, joined), verificationParts(kit, ledger), supply];
  return {
    controllers: [
      ...parts.flatMap(({ controllers }) => controllers),
      CartsController,
      LocationsController,
      StockController,
      ChannelsController,
      ExplanationController,
    ],
    providers: [
      ...parts.flatMap(({ providers }) => providers),
      { provide: CARTS, useValue: carts },
      { provide: LOCATIONS, useValue: createLocations({ ...needs, reading: locationReading(db) }) },
      { provide: STOCKS, useValue: stocks },
      { provide: AVAILABILITIES, useValue: createAvailabilities({ ...postgresReading(pool), ...channels }) },
      { provide: CHANNELS, useValue: createChannels({ ...needs, reading: channels }) },
      { provide: EXPLANATIONS, useValue: createExplanations(postgresExplanation(pool), unknownLocation) },
    ],
    listeners: listenersOf(createReservations(needs), { stocks, items: countedItems(pool) }),
    onDue: async (deadline, meta) => {
      await carts.onDue(deadline, meta);
      await supply.onDue(deadline, meta);
    },
    start: availability.start,
    stop: availability.stop,
  };
};

export const inventoryService: Service<Settings> = {
  name: 'inventory',
  schema: 'inventory',
  title: 'Inventory: locations, stock, reservations',
  paths: ['inventory'],
  port: 3002,
  settings,
  migrations,
  entities: [LocationRow],
  views: [],
  publication: {
    service: 'inventory',
    topic: Topics.inventory,
    translate: { ...published, ...publishedCatalogue, ...publishedSupply, ...publishedAlerts },
  },
  compose,
};
