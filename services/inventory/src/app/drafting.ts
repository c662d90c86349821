import type { Reason } from '@cartage/contracts';
import { numbered, type Appended, type Head, type Meta, type NewEvent, type Outcome, type Write } from '@cartage/eventsourcing';
import type { StockBook } from '../domain/book';
import type { CartEvent, InventoryEvent } from '../domain/events';
import { movementsOf } from '../domain/movement';
import { Raced, type LedgerTransaction, type MovementRow } from './ledger';

export interface DraftingNeeds {
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
}

/** Who brought stock, and when. */
export interface Cause {
  readonly meta: Meta;
  readonly now: string;
  /** Why dates of what is on order move, where somebody said so. */
  readonly reason?: Reason;
}

/** What a transaction is about to append to one stream. */
export interface Drafted {
  write(): Write;
}

/** With the movements that follow from it. */
export interface Draft extends Drafted {
  readonly stream: string;
  /** `channel`: of the order whose claims it moves. */
  add(event: InventoryEvent, meta: Meta, at: string, channel?: string): void;
  facts(): readonly InventoryEvent[];
  /** Says more of what was drafted; what it moves stays. */
  amend(amended: (event: InventoryEvent) => InventoryEvent): void;
}

/** What moves the stock of a transaction, in the order in which it does: whatever streams it is about. */
export interface Journal {
  readonly book: StockBook;
  readonly movements: MovementRow[];
}

export const journalOf = (book: StockBook): Journal => ({ book, movements: [] });

export const draftOf = ({ newId, isPublic }: DraftingNeeds, { stream, version, sequence }: Head, { book, movements }: Journal): Draft => {
  const number = numbered(sequence, isPublic);
  let events: (NewEvent & InventoryEvent)[] = [];
  return {
    stream,
    facts: () => events,
    amend: (amended) => {
      events = events.map((event) => ({ ...event, ...amended(event) }));
    },
    add: (event, meta, at, channel) => {
      const id = newId();
      events.push({ ...event, id, meta: number(event.type, meta) });
      const moved = movementsOf(event);
      book.require(moved);
      for (const movement of moved) movements.push({ ...book.enter(movement, channel), ...about(event), eventId: id, at });
    },
    write: () => ({ stream, expected: version, events }),
  };
};

/** How an entry is found again: by what it was for. */
const about = (event: InventoryEvent): Pick<MovementRow, 'kind' | 'reference' | 'reason'> => ({
  kind: event.type,
  reference: referenceOf(event),
  reason: causeOf(event.data),
});

const referenceOf = (event: InventoryEvent): string | null => {
  if (isOfCart(event)) return event.data.reservationId;
  const { data } = event;
  if ('transferId' in data) return data.transferId;
  if ('orderId' in data) return data.orderId ?? null;
  return 'reference' in data ? (data.reference ?? null) : null;
};

const ofCarts: readonly string[] = [
  'CartReserved',
  'CartExtended',
  'CartReleased',
  'ReservationExpired',
] satisfies readonly CartEvent['type'][];
const isOfCart = (event: InventoryEvent): event is CartEvent => ofCarts.includes(event.type);

const causeOf = (data: InventoryEvent['data']): string | null => {
  if ('cause' in data) return data.cause ?? null;
  return 'reason' in data ? data.reason.code : null;
};

/**
 * Appends what was drafted, last in its transaction. One lost race undoes all: the others decided on stock that would then be wrong.
 */
export const append = async (transaction: LedgerTransaction, drafts: readonly Drafted[]): Promise<readonly Appended[]> => {
  const writes = drafts.map((draft) => draft.write()).filter(({ events }) => events.length > 0);
  const outcomes = writes.length > 0 ? await transaction.appendMany(writes) : [];
  return outcomes.map(landed);
};

export const landed = (outcome: Outcome): Appended => {
  if (outcome.status === 'conflict') throw new Raced('Another writer was first.');
  return outcome;
};
