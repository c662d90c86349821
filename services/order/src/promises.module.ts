import { Topics, type InventoryEvent } from '@cartage/contracts';
import { handling, reading } from '@cartage/eventsourcing';
import type { Listener } from '@cartage/messaging';
import type { Kit, Parts } from '@cartage/service-kit';
import { promiseShelf, type PromiseShelf } from './app/promising/promise-shelf';
import { transitCard } from './app/promising/transit-card';
import { transitShelf } from './app/promising/transit-shelf';
import { PromiseTermsDesk } from './app/promising/promise-terms';
import { promiseReports } from './app/promises-kept';
import { promiseCalendars, promisePolicies } from './app/views/promise-terms';
import { promiseCalendar, promisePolicy } from './domain/promising/policies';
import { keepingPlaces, promiseRecords, revisionsIn } from './edge/promising/postgres-promises';
import { transitLog, transitSince } from './edge/promising/postgres-transit';
import { PROMISE_REPORTS, PromiseReportsController } from './edge/promising/promise-reports.controller';
import { PromiseModelsController, TRANSIT_CARD } from './edge/promising/models.controller';
import { PROMISE_TERMS, PromisesController } from './edge/promising/promises.controller';

/** What another replica changed holds here after this time. */
const KNOWN_FOR_MS = 2_000;

/** That a card shows. */
const MOST_MONTHS = 120;

interface PromiseParts extends Pick<Parts, 'controllers' | 'providers' | 'listeners'> {
  readonly shelf: PromiseShelf;
  readonly start: () => Promise<void>;
}

/** What customers are promised, by which rules; and the days of locations, as inventory tells them. */
export const promiseParts = (kit: Kit): PromiseParts => {
  const { store, pool, now, viewReached } = kit;
  const transit = transitShelf({ log: transitLog(pool), now, forMs: KNOWN_FOR_MS });
  const shelf = promiseShelf({ records: promiseRecords(pool), transit, now, forMs: KNOWN_FOR_MS });
  const desk = new PromiseTermsDesk({
    policies: { send: handling(kit, promisePolicy), reading: reading(store, promisePolicy) },
    calendars: { send: handling(kit, promiseCalendar), reading: reading(store, promiseCalendar) },
    list: { policies: revisionsIn(pool, promisePolicies), calendars: revisionsIn(pool, promiseCalendars) },
    ...{ shelf, viewReached, now },
  });
  const reports = promiseReports({ sql: pool, viewReached, now });
  const compared = () => reports.compared({ by: 'month', limit: MOST_MONTHS }, undefined);
  const places: Listener<InventoryEvent> = {
    group: 'order.places',
    topic: Topics.inventory,
    on: { LocationChanged: keepingPlaces(pool) },
  };
  return {
    shelf,
    controllers: [PromiseModelsController, PromisesController, PromiseReportsController],
    providers: [
      { provide: PROMISE_TERMS, useValue: desk },
      { provide: PROMISE_REPORTS, useValue: reports },
      { provide: TRANSIT_CARD, useValue: transitCard({ transit, book: shelf.current, compared, since: transitSince(pool) }) },
    ],
    listeners: [places],
    start: async () => {
      const { looksAtLearned } = await shelf.current();
      if (looksAtLearned) await transit.caughtUp();
    },
  };
};
