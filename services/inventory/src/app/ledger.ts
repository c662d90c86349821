import type { EventStore, Position } from '@cartage/eventsourcing';
import type { Entry, StockBook } from '../domain/book';
import type { ChannelReading } from './channels/channels';
import type { Location } from '../domain/location-profile';
import type { ClaimedLine } from '../domain/reservation';
import type { Cell, Stock } from '../domain/stock';
import type { SupplyPromise, WaitingUnits } from '../domain/supply/expected';
import type { Supply } from '../domain/supply/supply';

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

export interface ClaimedLineRow extends Omit<ClaimedLine, 'parts'> {
  readonly orderId: string;
  readonly channel: string | undefined;
  /** It is a part of a kit, which waits for all its parts. */
  readonly ofKit: boolean;
  /** It counts on units that are there. */
  readonly leans: boolean;
}

/** What stands on shelves and is kept for a cart. */
export interface CartRow {
  readonly reservationId: string;
  readonly channel: string | undefined;
  readonly expiresAt: string;
  /** By SKU; nothing any more where the cart has ended. */
  readonly units: readonly (readonly [sku: string, quantity: number])[];
}

/** A line that waits for stock. */
export interface WaitingLine {
  readonly orderId: string;
  readonly sku: string;
  readonly quantity: number;
  /** Its place in the queue of its SKU: those who came first have lower ones. */
  readonly arrival: string;
}

/** A line that waits, and when it was promised what is on order. */
export interface PromisedLine extends WaitingUnits {
  readonly orderId: string;
  readonly lineId: string;
  readonly channel: string | undefined;
  /** The pieces that are to come, and when the last of them does; absent: nothing was promised. */
  readonly promise: SupplyPromise | undefined;
}

/** A place in the queue of a SKU. */
export interface Place {
  readonly sku: string;
  readonly before: string | undefined;
}

/** Who waits for a SKU behind `after`, and could be served with so many units. */
export interface QueueQuery {
  readonly sku: string;
  readonly units: number;
  readonly after: string;
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
  readonly carts?: readonly CartRow[];
}

export interface LockedLocation {
  /** Whether it was open; nothing where it is new. */
  readonly active: boolean | undefined;
  readonly stock: readonly Stock[];
  /** What is on its way there. */
  readonly supply: readonly Supply[];
  readonly book: StockBook;
}

/**
 * Rows and events of one transaction: they land together or not at all. Locks are taken in one order, so that batches queue and never cross; the
 * log's comes last, when the rows are written, because until the commit every other append waits for it.
 */
export interface LedgerTransaction extends Pick<EventStore, 'readMany' | 'heads' | 'appendMany'> {
  /**
   * Locks the rows of these cells, and first makes those of `making` that are missing where the location is known. Throws `Unseen` when the
   * network has no row of a SKU to be locked.
   */
  lock(rows: { readonly cells: readonly Cell[]; readonly making?: readonly Cell[] }): Promise<StockBook>;
  /** Keeps everybody else from using the location, and answers with it and its stock, locked as well, and with the network's rows of `more`. */
  lockLocation(code: string, more: readonly Cell[]): Promise<LockedLocation>;
  /** Those who wait, the first first, up to `limit` of each SKU. Its row is locked, so nobody else comes or goes. */
  queue(queries: readonly QueueQuery[], limit: number): Promise<readonly WaitingLine[]>;
  /** Those who have a claim on a SKU, the last first. */
  claimants(place: Place, limit: number): Promise<readonly Pick<WaitingLine, 'orderId' | 'arrival'>[]>;
  /** Carts that a SKU is kept for, the last first. */
  carts(place: Place, limit: number): Promise<readonly { readonly reservationId: string; readonly arrival: string }[]>;
  /** All lines that wait for one of these SKUs, and those of these orders that might, the first first. */
  waiting(skus: readonly string[], orderIds: readonly string[]): Promise<readonly PromisedLine[]>;
  /** Active items that can stand in for these: those of the same substitution group. */
  standIns(skus: readonly string[]): Promise<readonly { readonly sku: string; readonly standIn: string }[]>;
  /** What channels may sell of these SKUs. */
  stock: ChannelReading['stock'];
  write(write: LedgerWrite): Promise<void>;
  writeLocation(location: Location): Promise<void>;
  requestDone(commandId: string): Promise<DoneRequest | undefined>;
  /** Throws `Raced` when the same request was carried out meanwhile. */
  rememberRequest(request: DoneRequest): Promise<void>;
}

/** The ledger port. A transaction that deadlocks runs again, so `work` must have no other effects. */
export interface Ledger<More = unknown> {
  transaction<Result>(work: (transaction: LedgerTransaction & More) => Promise<Result>): Promise<Result>;
}

/** The network has no row of these SKUs: nothing could be locked, so nobody could be waited for. Make them first. */
export class Unseen extends Error {
  override readonly name = 'Unseen';
  constructor(readonly skus: readonly string[]) {
    super(`Nothing is known of ${skus.length} SKUs yet.`);
  }
}

/** Somebody else wrote first: undo all of it, look again. */
export class Raced extends Error {
  override readonly name = 'Raced';
}
