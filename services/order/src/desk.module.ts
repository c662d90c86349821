import type { AnyPublication } from '@cartage/messaging';
import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import { handling, reading as folding, type Position } from '@cartage/eventsourcing';
import { auditing } from './app/audit';
import { contactIndex } from './app/contact-index';
import { findingCustomers } from './app/customers';
import { showingDesk } from './app/desk';
import type { SendToOrder } from './app/facts';
import { importingOrders } from './app/import-orders';
import { Imports } from './app/imports';
import { createNotes } from './app/notes';
import type { ReadOrder } from './app/reading';
import { listingTasks } from './app/task-list';
import { notes } from './domain/notes';
import type { Occasion } from './domain/rules';
import type { PlacedData } from './domain/state';
import { contactTable } from './edge/contact-table';
import { contactListener, CustomersController, FIND_CUSTOMER } from './edge/customers.controller';
import { sweeping } from './edge/contact-sweep';
import { AUDIT_ORDER, DeskController, SHOW_DESK } from './edge/desk.controller';
import { importTable } from './edge/import-table';
import { IMPORTS, ImportsController } from './edge/imports.controller';
import { LIST_TASKS, NOTES, NotesController, TasksController } from './edge/notes.controller';

type Kept = Pick<
  Kit,
  'causes' | 'pool' | 'vault' | 'people' | 'viewReached' | 'store' | 'clock' | 'log' | 'deadlines' | 'newId' | 'now' | 'isPublic'
>;

export interface DeskNeeds extends Kept {
  readonly read: ReadOrder;
  readonly publication: AnyPublication;
  readonly occasion: () => Occasion;
  readonly send: SendToOrder;
  /** Version of each policy that orders are sold under now. */
  readonly policies: PlacedData['policies'];
}

/** Often enough that nobody is found long after they were erased, and seldom enough to cost nothing. */
const SWEEP_EVERY_MS = 60_000;

/** What people look at and work with who answer for orders: no part of it decides how an order goes on by itself. */
export const deskParts = (needs: DeskNeeds) => {
  const { read, publication, causes, occasion, pool, vault, people, viewReached, store } = needs;
  const contacts = contactIndex({ table: contactTable(pool), people, vault });
  const head = (): Promise<Position> => store.head();
  const noteDesk = createNotes({ ...needs, send: handling(needs, notes), load: folding(store, notes).load, idFor });
  return {
    controllers: [DeskController, CustomersController, NotesController, TasksController, ImportsController],
    providers: [
      { provide: SHOW_DESK, useValue: showingDesk({ read, occasion }) },
      { provide: AUDIT_ORDER, useValue: auditing({ read, publication, causes }) },
      { provide: NOTES, useValue: noteDesk },
      { provide: IMPORTS, useValue: new Imports({ table: importTable(pool, needs.now), take: importingOrders({ ...needs, idFor }) }) },
      { provide: LIST_TASKS, useValue: listingTasks({ sql: pool, vault, viewReached }) },
      { provide: FIND_CUSTOMER, useValue: findingCustomers({ sql: pool, contacts, viewReached, head }) },
    ],
    listeners: [contactListener(contacts)],
    onDue: noteDesk.onDue,
    ...sweeping(contacts, { ...needs, everyMs: SWEEP_EVERY_MS }),
  } satisfies Parts;
};
