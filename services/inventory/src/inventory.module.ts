import { Topics } from '@cartage/contracts';
import { joinsTransactions, type PostgresEventStore } from '@cartage/event-store';
import type { EventStore, OnDue } from '@cartage/eventsourcing';
import { forgetting, holdsNothing, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { analysisParts } from './analysis.parts';
import { availabilityParts } from './availability.parts';
import { catalogueParts } from './catalogue.parts';
import { costingParts } from './costing.parts';
import { countingParts } from './counting.parts';
import { statementParts } from './statements.parts';
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
import { publishedValues } from './domain/stock-valued';
import { unknownLocation } from './domain/location';
import { endings, endless, isSettled } from './domain/over';
import { published } from './domain/published';
import { evolve, noReservation } from './domain/reservation';
import { publishedSupply } from './domain/supply/published';
import { binRegister } from './edge/counting/postgres-bins';
import { CARTS, CartsController } from './edge/carts.controller';
import { cartReading } from './edge/cart-reading';
import { countReading } from './edge/counting/postgres-counts';
import { ownersIn } from './edge/owners';
import { transferReading } from './edge/supply/postgres-transfers';
import { countedItems } from './edge/catalogue/postgres-items';
import { CHANNELS, ChannelsController } from './edge/channels/channels.controller';
import { channelReading } from './edge/channels/postgres-channels';
import { EXPLANATIONS, ExplanationController } from './edge/explanation.controller';
import { listenersOf } from './edge/listeners';
import { migrations } from './edge/migrations';
import { forgettables } from './edge/forgetting';
import { locationReading } from './edge/location-reading';
import { LOCATIONS, LocationsController } from './edge/locations.controller';
import { postgresExplanation } from './edge/postgres-explanation';
import { postgresLedger } from './edge/postgres-ledger';
import { postgresReading } from './edge/postgres-reading';
import { postgresStockListing } from './edge/postgres-stock-listing';
import { AVAILABILITIES, StockController, STOCKS } from './edge/stock.controller';
import { STOCK_LISTING, StockListingController } from './edge/stock-listing.controller';
import { excerpts } from './edge/verification/excerpts';

/** The ledger's rows and its events must land together, so its log must be in the same Postgres. */
const joining = (store: EventStore): PostgresEventStore => {
  if (joinsTransactions(store)) return store;
  throw new Error('Inventory needs its event log in Postgres: leave EVENT_STORE_URL out, or let it name a Postgres.');
};

/** Each knows its own deadlines by their names. */
const eachIn =
  (...parts: readonly { readonly onDue: OnDue }[]): OnDue =>
  async (deadline, meta) => {
    for (const part of parts) await part.onDue(deadline, meta);
  };

const own = [CartsController, LocationsController, StockController, StockListingController, ChannelsController, ExplanationController];

const compose = (kit: Kit<Settings>): Parts => {
  const { store, pool, deadlines, newId, isPublic, now } = kit;
  const joined = joining(store);
  const ledger = postgresLedger(joined);
  const channels = channelReading(pool);
  const needs = { store, ledger, newId, isPublic, now };
  const availability = availabilityParts(kit, joined);
  const stocks = createStocks(needs);
  const carts = createCarts({ ...needs, deadlines, reading: cartReading(pool) });
  const selling = createChannels({ ...needs, deadlines, reading: channels });
  const [supply, counting] = [supplyParts(kit, joined), countingParts(kit, joined)];
  const [statements, costing] = [statementParts(kit, joined), costingParts(kit, joined)];
  const forget = forgetting(forgettables(pool, kit.settings), kit);
  const others = [catalogueParts(kit, joined), verificationParts(kit, ledger), analysisParts(kit)];
  const parts = [availability, supply, counting, statements, costing, ...others];
  const running = [availability, costing, forget];
  return {
    controllers: [...parts.flatMap(({ controllers }) => controllers), ...own],
    providers: [
      ...parts.flatMap(({ providers }) => providers),
      { provide: CARTS, useValue: carts },
      { provide: LOCATIONS, useValue: createLocations({ ...needs, reading: locationReading(pool) }) },
      { provide: STOCKS, useValue: stocks },
      { provide: AVAILABILITIES, useValue: createAvailabilities({ ...postgresReading(pool), ...channels }) },
      { provide: STOCK_LISTING, useValue: postgresStockListing(pool) },
      { provide: CHANNELS, useValue: selling },
      { provide: EXPLANATIONS, useValue: createExplanations(postgresExplanation(pool, store), unknownLocation) },
    ],
    listeners: listenersOf(createReservations(needs), {
      ...{ stocks, items: countedItems(pool), bins: binRegister(pool), statements: statements.taking },
    }),
    owners: ownersIn(countReading(pool), transferReading(pool)),
    onDue: eachIn(carts, selling, supply, counting, statements, availability),
    start: async () => void (await Promise.all(running.map((each) => each.start()))),
    stop: async () => void (await Promise.all(running.map((each) => each.stop()))),
  };
};

export const inventoryService: Service<Settings> = {
  name: 'inventory',
  schema: 'inventory',
  title: 'Inventory: locations, stock, reservations',
  paths: ['inventory'],
  area: 'stock',
  port: 3002,
  settings,
  migrations,
  views: [],
  publication: {
    service: 'inventory',
    topic: Topics.inventory,
    translate: { ...published, ...publishedCatalogue, ...publishedSupply, ...publishedAlerts, ...publishedValues },
  },
  aggregates: { reservation: { initial: noReservation, evolve } },
  over: { reservation: isSettled, ...endings },
  endless,
  excerpts,
  compose,
  holdings: () => holdsNothing,
};
