import { factsOf, handling, type EventStore, type Handled, type Meta, type Outcome, type Write } from '@cartage/eventsourcing';
import type { Entry } from '../domain/book';
import { recount } from '../domain/closing';
import type { LocationChanged } from '../domain/events';
import { location, locationIn, unknownLocation } from '../domain/location';
import { type Location, type LocationProfile } from '../domain/location-profile';
import { append, journalOf, landed, type DraftingNeeds } from './drafting';
import { Raced, type Ledger, type LedgerTransaction, type MovementRow } from './ledger';
import { lockingMore, type More } from './locking';
import { promisableFrom } from '../domain/supply/supply';
import { OpenOrders } from './open-orders';

/** Where stock is kept and shipped from. */
export interface Locations {
  readonly change: (code: string, profile: LocationProfile, meta: Meta, ifVersion?: number) => Promise<Handled<Location, LocationChanged>>;
  readonly get: (code: string) => Promise<Location>;
  readonly list: LocationReading['list'];
}

/** The reading port. */
export interface LocationReading {
  find(code: string): Promise<Location | undefined>;
  /** In the order of their codes. */
  list(query: { readonly after: string | undefined; readonly limit: number }): Promise<readonly Location[]>;
}

export interface LocationsNeeds extends DraftingNeeds {
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly reading: LocationReading;
  readonly now: () => Date;
}

export const createLocations = ({ store, ledger, reading, now, ...drafting }: LocationsNeeds): Locations => {
  const appendMany = (writes: readonly Write[]): Promise<readonly Outcome[]> => appendEach({ ledger, ...drafting }, writes);
  const send = handling({ ...drafting, store: { ...store, appendMany } }, location);
  return {
    change: async (code, profile, meta, ifVersion) => {
      const data = { code, profile, ifRevision: ifVersion, now: now().toISOString() };
      const handled = await send(`location-${code}`, { type: 'ChangeLocation', data }, meta);
      const state = found(code, handled.state);
      return { ...handled, state, current: found(code, handled.current), version: state.revision };
    },
    get: async (code) => found(code, await reading.find(code)),
    list: (query) => reading.list(query),
  };
};

const found = (code: string, known: Location | undefined): Location => {
  if (!known) throw unknownLocation(code);
  return known;
};

interface ShowingNeeds extends DraftingNeeds {
  readonly ledger: Ledger;
}

/** One transaction for each: two locations locked one after the other would cross with batches that hold stock of both. */
const appendEach = async (needs: ShowingNeeds, writes: readonly Write[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const write of writes) outcomes.push(await appendWithRows(needs, write));
  return outcomes;
};

/** The log and the rows that follow from it move together: an open location counts, a closed one does not, at every instant. */
const appendWithRows = async (needs: ShowingNeeds, write: Write): Promise<Outcome> => {
  try {
    return await lockingMore((more) =>
      needs.ledger.transaction(async (transaction) => {
        for (const event of factsOf(write.events) as readonly Drafted[]) await show(needs, transaction, { event, more });
        return landed((await transaction.appendMany([write]))[0] ?? { status: 'conflict' });
      }),
    );
  } catch (error) {
    if (error instanceof Raced) return { status: 'conflict' };
    throw error;
  }
};

type Drafted = LocationChanged & { readonly id: string; readonly meta: Meta };

/** What opens is offered to those who wait. */
const show = async (
  needs: DraftingNeeds,
  transaction: LedgerTransaction,
  { event, more }: { readonly event: Drafted; readonly more: More },
): Promise<void> => {
  const { active, location: code } = event.data;
  const { active: before, stock, supply, book } = await transaction.lockLocation(code, more.cells);
  await transaction.writeLocation(locationIn(event));
  if ((before ?? active) === active) return;
  const journal = journalOf(book);
  for (const movement of recount(stock, active, book)) journal.movements.push(row(book.enter(movement), event));
  for (const each of supply.flatMap((line) => ({ sku: line.sku, expected: promisableFrom(line) })))
    if (each.expected) book.expect(each.sku, { ...each.expected, units: active ? each.expected.units : -each.expected.units });
  const orders = new OpenOrders(needs, transaction, journal);
  const cause = { meta: event.meta, now: event.data.changedAt };
  await orders.offer(cause);
  await orders.promise(cause);
  await transaction.write({ ...journal, lines: orders.lines() });
  await append(transaction, orders.drafts());
};

const row = (entry: Entry, { id, type, data }: Drafted): MovementRow => ({
  ...entry,
  kind: type,
  reference: data.location,
  reason: data.active ? 'opened' : 'closed',
  eventId: id,
  at: data.changedAt,
});
