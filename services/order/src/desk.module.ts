import type { AnyPublication } from '@cartage/messaging';
import { idFor, sweeping, type Kit, type Parts } from '@cartage/service-kit';
import { handling, reading as folding, type OnDue, type Position } from '@cartage/eventsourcing';
import { auditing } from './app/audit';
import { contactIndex, type ContactIndex } from './app/contact-index';
import { erasureList, type ErasureList } from './app/erasure-list';
import { Erasures } from './app/erasures';
import { findingPeople } from './app/person-search';
import { findingCustomers } from './app/customers';
import { showingDesk } from './app/desk';
import type { SendToOrder } from './app/facts';
import { importingOrders } from './app/import-orders';
import { Imports } from './app/imports';
import { createNotes } from './app/notes';
import { countingOrders } from './app/order-counts';
import type { ReadOrder } from './app/reading';
import { listingTasks } from './app/task-list';
import { erasure } from './domain/erasure';
import { notes } from './domain/notes';
import type { Occasion } from './domain/rules';
import type { PlacedData } from './domain/state';
import { contactTable } from './edge/contact-table';
import { contactListener, CustomersController, FIND_CUSTOMER } from './edge/customers.controller';
import { AUDIT_ORDER, DeskController, SHOW_DESK } from './edge/desk.controller';
import { ERASURE_LIST, ERASURES, ErasuresController } from './edge/erasures.controller';
import { importTable } from './edge/import-table';
import { IMPORTS, ImportsController } from './edge/imports.controller';
import { COUNT_ORDERS, OrderCountsController } from './edge/order-counts.controller';
import { orderReadings } from './edge/order-readings';
import { LIST_TASKS, NOTES, NotesController, TasksController } from './edge/notes.controller';

type Kept = Pick<
  Kit,
  | 'causes'
  | 'persons'
  | 'pool'
  | 'vault'
  | 'people'
  | 'viewReached'
  | 'store'
  | 'clock'
  | 'log'
  | 'deadlines'
  | 'newId'
  | 'now'
  | 'isPublic'
>;

export interface DeskNeeds extends Kept {
  readonly read: ReadOrder;
  readonly publication: AnyPublication;
  readonly occasion: () => Occasion;
  readonly send: SendToOrder;
  /** Version of each policy that orders are sold under now. */
  readonly policies: PlacedData['policies'];
  readonly erasureHours: { readonly answer: number; readonly lookAgain: number };
}

/** Often enough that nobody is found long after they were erased, and seldom enough to cost nothing. */
const SWEEP_EVERY_MS = 60_000;

/** Deadlines of these streams, by their category. */
const ownDue =
  (all: Readonly<Record<string, OnDue>>): OnDue =>
  (deadline, meta) => {
    const due = all[deadline.stream.slice(0, deadline.stream.indexOf('-'))];
    return due ? due(deadline, meta) : Promise.reject(new Error(`Nobody is told deadlines of ${deadline.stream}.`));
  };

const erasuresOf = (needs: DeskNeeds, contacts: ContactIndex, { earlier }: ErasureList): Erasures => {
  const { pool: sql, store, viewReached, erasureHours: hours } = needs;
  const find = findingPeople({ sql, contacts, viewReached, head: () => store.head() });
  return new Erasures({ ...needs, find, earlier, idFor, hours, send: handling(needs, erasure), load: folding(store, erasure).load });
};

/** What people look at and work with who answer for orders: no part of it decides how an order goes on by itself. */
export const deskParts = (needs: DeskNeeds) => {
  const { read, publication, causes, occasion, pool, vault, people, viewReached, store } = needs;
  const contacts = contactIndex({ table: contactTable(pool), people, vault });
  const head = (): Promise<Position> => store.head();
  const listed = erasureList({ sql: pool, viewReached, head });
  const erasures = erasuresOf(needs, contacts, listed);
  const standing = orderReadings(pool, needs.now);
  const noteDesk = createNotes({ ...needs, send: handling(needs, notes), load: folding(store, notes).load, idFor });
  return {
    controllers: [
      OrderCountsController,
      DeskController,
      CustomersController,
      ErasuresController,
      NotesController,
      TasksController,
      ImportsController,
    ],
    providers: [
      { provide: SHOW_DESK, useValue: showingDesk({ read, occasion, openAction: (sealed) => vault.open(sealed) }) },
      { provide: COUNT_ORDERS, useValue: countingOrders(pool) },
      { provide: AUDIT_ORDER, useValue: auditing({ read, publication, causes }) },
      { provide: ERASURES, useValue: erasures },
      { provide: ERASURE_LIST, useValue: listed },
      { provide: NOTES, useValue: noteDesk },
      { provide: IMPORTS, useValue: new Imports({ table: importTable(pool, needs.now), take: importingOrders({ ...needs, idFor }) }) },
      { provide: LIST_TASKS, useValue: listingTasks({ sql: pool, vault, viewReached }) },
      { provide: FIND_CUSTOMER, useValue: findingCustomers({ sql: pool, contacts, viewReached, head }) },
    ],
    listeners: [contactListener(contacts)],
    erasures,
    onDue: ownDue({ notes: noteDesk.onDue, erasure: erasures.onDue }),
    readings: async () => ({ personErasures: await listed.open(), ...(await standing()) }),
    ...sweeping((after) => contacts.sweep(after), { ...needs, everyMs: SWEEP_EVERY_MS, trouble: 'erased people could not be looked for' }),
  } satisfies Parts & { readonly erasures: Erasures };
};
