import { unitsBySku, type LineQuantity, type Reason } from '@cartage/contracts';
import type { Appended, Meta } from '@cartage/eventsourcing';
import { asAdjusted, byPart, decideStock, type StockCommand, type WriteOff } from '../domain/adjusting';
import type { StockBook } from '../domain/book';
import type { StockEvent } from '../domain/events';
import { unknownLocation } from '../domain/location';
import { shortfallOf } from '../domain/losing';
import { append, draftOf, journalOf, type Cause, type Draft, type DraftingNeeds, type Journal } from './drafting';
import type { Ledger, LedgerTransaction } from './ledger';
import { lockingMore, type More } from './locking';
import { OpenOrders } from './open-orders';
import { againWhenRaced } from './racing';
import { carriedOnce, type Carried } from './requests';
import { OpenCarts } from './open-carts';

export interface Receipt {
  readonly location: string;
  readonly reference?: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface Adjustment {
  readonly location: string;
  readonly sku: string;
  /** Change of what is on hand; below zero for a loss. */
  readonly quantity: number;
  /** Of an open vocabulary: `count`, `damage`, `loss`, `found`, `drift`. */
  readonly cause: string;
  readonly detail?: string;
  readonly reference?: string;
}

/** Lines that a location rejected, and what that says of its stock: `minus`, these units are not there; `zero`, nothing of it is. */
export interface WrittenOff {
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly stockEffect: 'minus' | 'zero';
  readonly reason: Reason;
  readonly fulfillmentId: string;
}

/** What a request did to the stock. */
export type Booked = Carried<{ readonly location: string; readonly skus: number; readonly units: number }>;

/** Changes of stock that people make. */
export interface Stocks {
  readonly receive: (receipt: Receipt, meta: Meta) => Promise<Booked>;
  readonly adjust: (adjustment: Adjustment, meta: Meta) => Promise<Booked>;
  /** A location could not ship these lines: what it says of its stock is booked. */
  readonly writeOff: (lost: WrittenOff, meta: Meta) => Promise<Booked>;
  readonly holdBack: (
    wanted: { readonly sku: string; readonly location: string; readonly safetyStock: number },
    meta: Meta,
  ) => Promise<Booked>;
}

export interface StocksNeeds extends DraftingNeeds {
  readonly ledger: Ledger;
  readonly now: () => Date;
}

interface Order {
  readonly commands: readonly (StockCommand | WriteOff)[];
  readonly answer: Booked['answer'];
  /** A location that is not there is a fault of the path, or of the body. */
  readonly missing: 'unknown' | 'invalid';
}

export const createStocks = (needs: StocksNeeds): Stocks => {
  const book = (order: Order, meta: Meta): Promise<Booked> =>
    againWhenRaced(() =>
      lockingMore((more) => needs.ledger.transaction((transaction) => bookOnce(needs, transaction, { ...order, more }, meta))),
    );
  const now = (): string => needs.now().toISOString();
  return {
    receive: (receipt, meta) => book(orderOf(receipt, now()), meta),
    adjust: (adjustment, meta) =>
      book(
        {
          commands: [{ type: 'AdjustStock', data: { ...adjustment, now: now() } }],
          answer: { location: adjustment.location, skus: 1, units: adjustment.quantity },
          missing: 'invalid',
        },
        meta,
      ),
    writeOff: (lost, meta) => book(writeOffOf(lost, now()), meta),
    holdBack: (wanted, meta) =>
      book(
        {
          commands: [{ type: 'HoldBackStock', data: { ...wanted, now: now() } }],
          answer: { location: wanted.location, skus: 1, units: wanted.safetyStock },
          missing: 'unknown',
        },
        meta,
      ),
  };
};

/** One fact for each SKU, however many lines of the delivery note name it. */
const orderOf = ({ location, reference, lines }: Receipt, now: string): Order => {
  const units = unitsBySku(lines);
  const said = reference === undefined ? { location, now } : { location, reference, now };
  return {
    commands: [...units].map(([sku, quantity]) => ({ type: 'ReceiveStock', data: { ...said, sku, quantity } })),
    answer: { location, skus: units.size, units: [...units.values()].reduce((sum, each) => sum + each, 0) },
    missing: 'invalid',
  };
};

const writeOffOf = ({ location, lines, stockEffect, reason, fulfillmentId: reference }: WrittenOff, now: string): Order => {
  const units = unitsBySku(lines);
  const said = { location, detail: `Rejected: ${reason.code}.`, reference, now };
  return {
    commands: [...units].map(([sku, quantity]) => ({
      type: 'WriteOffStock',
      data: { ...said, sku, quantity: stockEffect === 'zero' ? 'all' : quantity },
    })),
    answer: { location, skus: units.size, units: -[...units.values()].reduce((sum, each) => sum + each, 0) },
    missing: 'unknown',
  };
};

const bookOnce = (
  needs: StocksNeeds,
  transaction: LedgerTransaction,
  order: Order & { readonly more: More },
  meta: Meta,
): Promise<Booked> =>
  carriedOnce(transaction, meta, async () => ({ answer: order.answer, landed: await write(needs, transaction, order, meta) }));

const cellOf = ({ data: { sku, location } }: StockCommand | WriteOff) => ({ sku, location });

const write = async (
  needs: StocksNeeds,
  transaction: LedgerTransaction,
  { missing, more, ...order }: Order & { readonly more: More },
  meta: Meta,
): Promise<readonly Appended[]> => {
  const named = order.commands.map(cellOf);
  const journal = journalOf(await transaction.lock({ cells: [...named, ...more.cells], making: [...named, ...more.making] }));
  const commands = order.commands
    .flatMap((command) => asAdjusted(command, journal.book))
    .flatMap((command) => byPart(command, journal.book));
  const cause = { meta, now: needs.now().toISOString() };
  const work = await adjusting(needs, transaction, { journal, cause, missing, commands });
  return append(transaction, await work.written());
};

interface Adjusting {
  readonly journal: Journal;
  readonly cause: Cause;
  readonly missing: Order['missing'];
  readonly commands: readonly StockCommand[];
}

/** Carries commands out on rows that are locked; what follows for claims is written with `written`, last before the log. */
export const adjusting = async (needs: DraftingNeeds, transaction: LedgerTransaction, { journal, cause, missing, commands }: Adjusting) => {
  const cells = commands.map(cellOf);
  journal.book.require(cells);
  // The rows are locked, so nobody else writes to these streams.
  const heads = await transaction.heads(cells.map(({ sku, location }) => `stock-${location}/${sku}`));
  const drafts = heads.map((head) => draftOf(needs, head, journal));
  const [carts, orders] = [new OpenCarts(needs, transaction, journal), new OpenOrders(needs, transaction, journal)];
  for (const [i, command] of commands.entries()) {
    decide(command, missing, journal.book);
    await loseClaims(command, { carts, orders, journal, cause });
    for (const event of decide(command, missing, journal.book)) drafts[i]?.add(event, cause.meta, command.data.now);
  }
  await orders.offer(cause);
  return {
    orders,
    written: async (): Promise<readonly Draft[]> => {
      await orders.promise(cause);
      await transaction.write({ ...journal, lines: orders.lines(), carts: carts.rows() });
      return [...drafts, ...carts.drafts(), ...orders.drafts()];
    },
  };
};

interface Losing {
  readonly carts: OpenCarts;
  readonly orders: OpenOrders;
  readonly journal: Journal;
  readonly cause: Cause;
}

/** Claims on units that are not there go first, so that no row ever promises more than it has. */
const loseClaims = async ({ type, data }: StockCommand, { carts, orders, journal, cause }: Losing): Promise<void> => {
  if (type !== 'AdjustStock') return;
  const { sku, location } = data;
  const short = shortfallOf(data, journal.book);
  await orders.lose({ sku, location, quantity: short.allocated }, cause);
  // Whoever has not ordered yet loses before who has.
  await orders.lose({ sku, quantity: await carts.lose({ sku, quantity: short.reserved }, cause) }, cause);
};

/** Refuses before anything is moved. */
const decide = (command: StockCommand, missing: Order['missing'], book: StockBook): readonly StockEvent[] => {
  if (!book.at(command.data)) throw unknownLocation(command.data.location, missing);
  return decideStock(command, book);
};
