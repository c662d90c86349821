import type { LineQuantity } from '@cartage/contracts';
import { Refused, type Deadline, type Deadlines, type EventStore, type Meta, type OnDue } from '@cartage/eventsourcing';
import type { Cart, CartCommand } from '../domain/cart';
import { skusOf } from '../domain/kit';
import { channelOf } from '../domain/settling';
import { append, journalOf, type DraftingNeeds } from './drafting';
import type { Ledger, LedgerTransaction } from './ledger';
import { lockingMore, type More } from './locking';
import { cartHistory, cartStream, OpenCarts } from './open-carts';
import { OpenOrders } from './open-orders';
import { againWhenRaced } from './racing';
import { answeredBefore, remember } from './requests';

/** A cart's reservation as it stands. */
export interface ShownCart {
  readonly reservationId: string;
  readonly status: 'held' | 'ended';
  readonly channel?: string;
  readonly lines: readonly LineQuantity[];
  readonly expiresAt: string;
  /** How it ended: `released`, `taken-over`, `stock-lost`, `expired`. */
  readonly end?: string;
  /** The order that took it over. */
  readonly orderId?: string;
}

export interface CartDone {
  readonly cart: ShownCart;
  readonly repeated: boolean;
}

export interface CartsQuery {
  readonly sku?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** One that stands: what it keeps, in units of what stands on shelves. */
export interface ListedCart {
  readonly reservationId: string;
  readonly expiresAt: string;
  readonly units: readonly { readonly sku: string; readonly quantity: number }[];
}

/** The reading port. */
export interface CartReading {
  /** Those that stand, by their ids. */
  list(query: CartsQuery): Promise<readonly ListedCart[]>;
}

/** What is to be kept for a cart. */
export interface CartAsked {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** Where it is filled: what is held back from the channel is not kept for it. */
  readonly channel?: string | undefined;
  readonly ttlMs: number;
}

/** Stock that is kept for carts, before there is an order. */
export interface Carts {
  /** Keeps all of it or nothing, for so long. */
  readonly reserve: (asked: CartAsked, meta: Meta) => Promise<CartDone>;
  /** Keeps it for so long from now on; never shorter than was said before. */
  readonly extend: (reservationId: string, ttlMs: number, meta: Meta) => Promise<CartDone>;
  readonly release: (reservationId: string, meta: Meta) => Promise<CartDone>;
  readonly get: (reservationId: string) => Promise<ShownCart>;
  readonly list: CartReading['list'];
  readonly onDue: OnDue;
}

export interface CartsNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly ledger: Ledger;
  readonly reading: CartReading;
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly now: () => Date;
}

const EXPIRES = 'cart-expires';

/** Named by its time: one that is moved is set anew, and the earlier one finds that it came too early. */
const deadlineOf = (reservationId: string, dueAt: string, { correlationId }: Meta): Deadline => ({
  ...{ id: `${EXPIRES}-${reservationId}-${dueAt}`, stream: cartStream(reservationId), name: EXPIRES, dueAt, data: { reservationId } },
  correlationId,
});

export const createCarts = (needs: CartsNeeds): Carts => {
  const { store, deadlines } = needs;
  const decide = (command: CartCommand, meta: Meta): Promise<CartDone> =>
    againWhenRaced(() =>
      lockingMore((more) => needs.ledger.transaction((transaction) => decideOnce(needs, transaction, { command, more }, meta))),
    );
  const after = (ttlMs: number): { readonly now: string; readonly expiresAt: string } => {
    const now = needs.now();
    return { now: now.toISOString(), expiresAt: new Date(now.getTime() + ttlMs).toISOString() };
  };
  /** Set before it is needed: a crash in between leaves a deadline that finds nothing, and never stock that is kept for ever. */
  const watched = async (reservationId: string, expiresAt: string, meta: Meta): Promise<void> => {
    if (!meta.preview) await deadlines.set(deadlineOf(reservationId, expiresAt, meta));
  };
  return {
    reserve: async ({ lines: units, channel, ttlMs }, meta) => {
      const reservationId = needs.newId();
      const { now, expiresAt } = after(ttlMs);
      const lines = units.map(({ sku, quantity }, i) => ({ lineId: String(i + 1), sku, quantity }));
      await watched(reservationId, expiresAt, meta);
      return decide({ type: 'HoldStock', data: { reservationId, ...channelOf({ channel }), lines, expiresAt, now } }, meta);
    },
    extend: async (reservationId, ttlMs, meta) => {
      const { now, expiresAt } = after(ttlMs);
      await watched(reservationId, expiresAt, meta);
      return decide({ type: 'ExtendHold', data: { reservationId, expiresAt, now } }, meta);
    },
    release: (reservationId, meta) => decide({ type: 'ReleaseHold', data: { reservationId, now: after(0).now } }, meta),
    get: async (reservationId) => shown(reservationId, (await readCart(store, reservationId)).state),
    list: (query) => needs.reading.list(query),
    onDue: async ({ name, dueAt, data }, meta) => {
      if (name !== EXPIRES) return;
      const { reservationId } = data as { readonly reservationId: string };
      await decide({ type: 'ExpireHold', data: { reservationId, dueAt, now: after(0).now } }, meta);
    },
  };
};

const readCart = async (store: Pick<EventStore, 'readMany'>, reservationId: string) => {
  const [stream] = await store.readMany([cartStream(reservationId)]);
  if (!stream) throw new Error('A stream that is not there is read as an empty one.');
  return cartHistory(stream);
};

const shown = (reservationId: string, { status, ...cart }: Cart): ShownCart => {
  if (status === 'none') throw new Refused('RESERVATION_UNKNOWN', `There is no reservation ${reservationId}.`, 'unknown');
  return { reservationId, status, ...cart };
};

interface Work {
  readonly command: CartCommand;
  readonly more: More;
}

const decideOnce = async (needs: CartsNeeds, transaction: LedgerTransaction, { command, more }: Work, meta: Meta): Promise<CartDone> => {
  const done = await transaction.requestDone(meta.commandId);
  if (done) return { cart: answeredBefore<ShownCart>(done, meta), repeated: true };
  const { reservationId, now } = command.data;
  const history = await readCart(transaction, reservationId);
  const asked = 'lines' in command.data ? command.data.lines : [];
  const cells = [...asked.map(({ sku }) => sku), ...skusOf(history.state.lines)].map((sku) => ({ sku }));
  const journal = journalOf(await transaction.lock({ cells: [...cells, ...more.cells], making: more.making }));
  const [carts, orders] = [new OpenCarts(needs, transaction, journal), new OpenOrders(needs, transaction, journal)];
  carts.open(history);
  const { cart } = carts.decide(command, meta);
  await orders.offer({ meta, now });
  await orders.promise({ meta, now });
  await transaction.write({ ...journal, lines: orders.lines(), carts: carts.rows() });
  const landed = await append(transaction, [...carts.drafts(), ...orders.drafts()]);
  const answer = cart.status === 'none' ? undefined : shown(reservationId, cart);
  await remember(transaction, meta, { landed, answer: answer ?? null });
  return { cart: answer ?? { reservationId, status: 'ended', lines: [], expiresAt: now }, repeated: false };
};
