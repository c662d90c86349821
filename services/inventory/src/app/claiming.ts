import { Refused, sequenceOf, type EventStore, type Meta, type Settled, type Stream } from '@cartage/eventsourcing';
import type { StockBook } from '../domain/book';
import type { ReservationEvent } from '../domain/events';
import { evolve, noReservation, type Reservation } from '../domain/reservation';
import { cellsOf, reservationOn, type ReservationCommand } from '../domain/reserving';
import { append, draftOf, type Draft, type DraftingNeeds } from './drafting';
import type { ClaimedLineRow, Ledger, LedgerTransaction } from './ledger';

/** One command about an order's claims, waiting for its answer. */
export interface Ask {
  readonly command: ReservationCommand;
  readonly meta: Meta;
}

/** What a command did; nothing, when it was so already. */
export interface Claimed {
  readonly events: readonly ReservationEvent[];
  readonly repeated: boolean;
}

export interface ClaimingNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly ledger: Ledger;
}

const streamOf = ({ command }: Ask): string => `reservation-${command.data.orderId}`;

interface History extends Stream<ReservationEvent> {
  readonly state: Reservation;
}

/** An order's claims while a batch moves them. */
interface Open {
  readonly orderId: string;
  readonly draft: Draft;
  readonly before: Reservation;
  readonly done: Set<string>;
  state: Reservation;
}

/**
 * Decides many orders' commands in one transaction, first come first served: reads their streams, locks the stock they may move once, decides
 * each on what those before it left, writes rows and events. One lock of a hot SKU serves the whole batch.
 */
export const claimTogether = async (needs: ClaimingNeeds, asks: readonly Ask[]): Promise<readonly Settled<Claimed>[]> => {
  const histories = await read(needs, asks);
  const isDone = (ask: Ask): boolean =>
    histories.get(streamOf(ask))?.events.some(({ meta }) => meta.commandId === ask.meta.commandId) ?? false;
  if (asks.every(isDone)) return asks.map(() => already);
  return needs.ledger.transaction((transaction) => settle(needs, transaction, histories, asks));
};

const already: Settled<Claimed> = { ok: true, value: { events: [], repeated: true } };

const read = async ({ store }: ClaimingNeeds, asks: readonly Ask[]): Promise<ReadonlyMap<string, History>> => {
  const streams = (await store.readMany([...new Set(asks.map(streamOf))])) as readonly Stream<ReservationEvent>[];
  return new Map(streams.map((stream) => [stream.stream, { ...stream, state: stream.events.reduce(evolve, noReservation) }]));
};

const settle = async (
  needs: ClaimingNeeds,
  transaction: LedgerTransaction,
  histories: ReadonlyMap<string, History>,
  asks: readonly Ask[],
): Promise<readonly Settled<Claimed>[]> => {
  const cells = asks.flatMap((ask) => cellsOf(ask.command, histories.get(streamOf(ask))?.state ?? noReservation));
  const making = asks.flatMap(({ command }) => (command.type === 'RestockReturn' ? cellsOf(command, noReservation) : []));
  const book = await transaction.lock({ cells, making });
  const opened = openAll(needs, histories, book);
  const answers = asks.map((ask) => answer(ask, opened, book));
  await write(transaction, [...opened.values()], book);
  return answers;
};

const openAll = (needs: DraftingNeeds, histories: ReadonlyMap<string, History>, book: StockBook): ReadonlyMap<string, Open> =>
  new Map(
    [...histories].map(([name, history]) => [
      name,
      {
        orderId: name.slice('reservation-'.length),
        draft: draftOf(needs, { ...history, sequence: sequenceOf(history.events) }, book),
        before: history.state,
        done: new Set(history.events.map(({ meta }) => meta.commandId)),
        state: history.state,
      },
    ]),
  );

const answer = (ask: Ask, opened: ReadonlyMap<string, Open>, book: StockBook): Settled<Claimed> => {
  const open = opened.get(streamOf(ask));
  if (!open) throw new Error(`${streamOf(ask)} was not read.`);
  if (open.done.has(ask.meta.commandId)) return already;
  try {
    return { ok: true, value: { events: decide(ask, open, book), repeated: false } };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error };
    throw error;
  }
};

const decide = ({ command, meta }: Ask, open: Open, book: StockBook): readonly ReservationEvent[] => {
  const events = reservationOn(book).decide(command, open.state);
  for (const event of events) {
    open.draft.add(event, meta, command.data.now);
    open.state = evolve(open.state, event);
    open.done.add(meta.commandId);
  }
  return events;
};

const write = async (transaction: LedgerTransaction, opened: readonly Open[], book: StockBook): Promise<void> => {
  const drafts = opened.map(({ draft }) => draft);
  await transaction.write({ book, movements: drafts.flatMap((draft) => draft.movements()), lines: opened.flatMap(changedLines) });
  await append(transaction, drafts);
};

const changedLines = ({ orderId, before, state }: Open): readonly ClaimedLineRow[] =>
  [...state.lines.values()].filter((line) => before.lines.get(line.lineId) !== line).map((line) => ({ ...line, orderId }));
