import type { EventStore, Settled } from '@cartage/eventsourcing';
import { skusOf } from '../domain/kit';
import { noReservation } from '../domain/reservation';
import { cellsOf, newCellsOf, partsAsked } from '../domain/reservation-command';
import { append, journalOf, type DraftingNeeds } from './drafting';
import type { Ledger, LedgerTransaction } from './ledger';
import { lockingMore, type More } from './locking';
import { cartHistory, cartStream, OpenCarts, type CartHistory } from './open-carts';
import { already, historyOf, OpenOrders, streamOf, type Ask, type Claimed, type History } from './open-orders';

export interface ClaimingNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'gather'>;
  readonly ledger: Ledger;
}

type Histories = ReadonlyMap<string, History>;
const nameOf = ({ command }: Ask): string => streamOf(command.data.orderId);

/**
 * Decides many orders' commands in one transaction, first come first served: reads their streams, locks the stock they may move once, decides
 * each on what those before it left, writes rows and events. One lock of a hot SKU serves the whole batch.
 */
export const claimTogether = async (needs: ClaimingNeeds, asks: readonly Ask[]): Promise<readonly Settled<Claimed>[]> => {
  const histories = await read(needs, asks);
  const isDone = (ask: Ask): boolean =>
    histories.get(nameOf(ask))?.events.some(({ meta }) => meta.commandId === ask.meta.commandId) ?? false;
  if (asks.every(isDone)) return asks.map(() => already);
  const carts = await readCarts(needs, asks);
  return lockingMore((more) => needs.ledger.transaction((transaction) => claim(needs, transaction, { histories, carts, asks, more })));
};

const read = async ({ store }: ClaimingNeeds, asks: readonly Ask[]): Promise<Histories> => {
  const streams = await store.readMany([...new Set(asks.map(nameOf))]);
  return new Map(streams.map((stream) => [stream.stream, historyOf(stream)]));
};

const cartsOf = ({ command }: Ask): readonly string[] => (command.type === 'ReserveStock' && command.data.cart ? [command.data.cart] : []);

/** Carts that these orders take over; orders without one pay nothing for it. */
const readCarts = async ({ store }: ClaimingNeeds, asks: readonly Ask[]): Promise<readonly CartHistory[]> => {
  const names = [...new Set(asks.flatMap(cartsOf))].map(cartStream);
  return names.length > 0 ? (await store.readMany(names)).map(cartHistory) : [];
};

interface Batch {
  readonly carts: readonly CartHistory[];
  readonly histories: Histories;
  readonly asks: readonly Ask[];
  readonly more: More;
}

const claim = async (
  needs: DraftingNeeds,
  transaction: LedgerTransaction,
  { histories, carts, asks, more }: Batch,
): Promise<readonly Settled<Claimed>[]> => {
  const known = asks.map((ask) => ({ command: ask.command, state: histories.get(nameOf(ask))?.state ?? noReservation }));
  const kept = carts.flatMap(({ state }) => skusOf(state.lines)).map((sku) => ({ sku }));
  const cells = [...known.flatMap(({ command, state }) => cellsOf(command, state)), ...kept, ...more.cells];
  const making = [...known.flatMap(({ command, state }) => newCellsOf(command, state)), ...more.making];
  const journal = journalOf(await transaction.lock({ cells, making }));
  journal.book.require(known.flatMap(({ command, state }) => partsAsked(command, state, journal.book)));
  const orders = new OpenOrders(needs, transaction, journal);
  const taken = new OpenCarts(needs, transaction, journal);
  for (const history of histories.values()) orders.open(history);
  for (const cart of carts) taken.open(cart);
  const answers: Settled<Claimed>[] = [];
  for (const ask of asks) {
    takeOver(ask, taken);
    answers.push(await orders.answer(ask));
    await orders.offer({ meta: ask.meta, now: ask.command.data.now });
  }
  const last = asks.at(-1);
  if (last) await orders.promise({ meta: last.meta, now: last.command.data.now });
  await transaction.write({ ...journal, lines: orders.lines(), carts: taken.rows() });
  await append(transaction, [...taken.drafts(), ...orders.drafts()]);
  return answers;
};

/** What was kept for the cart is the order's to reserve, before anybody else is offered it. One that has ended has nothing to take. */
const takeOver = (ask: Ask, carts: OpenCarts): void => {
  const { orderId, now } = ask.command.data;
  for (const reservationId of cartsOf(ask)) carts.decide({ type: 'TakeOverHold', data: { reservationId, orderId, now } }, ask.meta);
};
