import type { EventStore, Position } from '@cartage/eventsourcing';
import type { Entry, StockBook } from '../domain/book';
import type { Location } from '../domain/location-profile';
import type { ClaimedLine } from '../domain/reservation';
import type { Cell, Stock } from '../domain/stock';

/** A line of the answer to "why is ATP what it is?": what an event moved. */
export interface MovementRow extends Entry {
  /** Type of the event. */
  readonly kind: string;
  /** What it was for: an order, a purchase order, a location. */
  readonly reference: string | null;
  readonly reason: string | null;
  readonly eventId: string;
  readonly at: string;
}

export interface ClaimedLineRow extends ClaimedLine {
  readonly orderId: string;
}

/** A request that was carried out, and what it was answered. */
export interface DoneRequest {
  readonly commandId: string;
  readonly fingerprint?: string;
  readonly position: Position;
  readonly answer: unknown;
}

export interface LedgerWrite {
  readonly book: StockBook;
  readonly movements: readonly MovementRow[];
  readonly lines?: readonly ClaimedLineRow[];
}

export interface LockedLocation {
  /** Whether it was open; nothing where it is new. */
  readonly active: boolean | undefined;
  readonly stock: readonly Stock[];
  readonly book: StockBook;
}

/**
 * Rows and events of one transaction: they land together or not at all. Locks are taken in one order, so that batches queue and never cross; the
 * log's comes last, when the rows are written, because until the commit every other append waits for it.
 */
export interface LedgerTransaction extends Pick<EventStore, 'heads' | 'appendMany'> {
  /** Locks the rows of these cells, and first makes those of `making` that are missing where the location is known. */
  lock(rows: { readonly cells: readonly Cell[]; readonly making?: readonly Cell[] }): Promise<StockBook>;
  /** Keeps everybody else from using the location, and answers with it and its stock, locked as well. */
  lockLocation(code: string): Promise<LockedLocation>;
  write(write: LedgerWrite): Promise<void>;
  writeLocation(location: Location): Promise<void>;
  requestDone(commandId: string): Promise<DoneRequest | undefined>;
  /** Throws `Raced` when the same request was carried out meanwhile. */
  rememberRequest(request: DoneRequest): Promise<void>;
}

/** The ledger port. A transaction that deadlocks runs again, so `work` must have no other effects. */
export interface Ledger {
  transaction<Result>(work: (transaction: LedgerTransaction) => Promise<Result>): Promise<Result>;
}

/** Somebody else wrote first: undo all of it, look again. */
export class Raced extends Error {
  override readonly name = 'Raced';
}
