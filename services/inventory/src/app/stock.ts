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
import { carriedOnce } from './requests';
import { OpenCarts } from './open-carts';
import * as orders from './stock-orders';
import type { Adjustment, Booked, Disposal, Receipt, StockOrder, WrittenOff } from './stock-orders';

/** Changes of stock that people make. */
export interface Stocks {
  readonly receive: (receipt: Receipt, meta: Meta) => Promise<Booked>;
  readonly adjust: (adjustment: Adjustment, meta: Meta) => Promise<Booked>;
  /** A location could not ship these lines: what it says of its stock is booked. */
  readonly writeOff: (lost: WrittenOff, meta: Meta) => Promise<Booked>;
  readonly dispose: (disposal: Disposal, meta: Meta) => Promise<Booked>;
  readonly holdBack: (
    wanted: { readonly sku: string; readonly location: string; readonly safetyStock: number },
    meta: Meta,
  ) => Promise<Booked>;
}

export interface StocksNeeds extends DraftingNeeds {
  readonly ledger: Ledger;
  readonly now: () => Date;
}

export const createStocks = (needs: StocksNeeds): Stocks => {
  const book = (order: StockOrder, meta: Meta): Promise<Booked> =>
    againWhenRaced(() =>
      lockingMore((more) => needs.ledger.transaction((transaction) => bookOnce(needs, transaction, { ...order, more }, meta))),
    );
  const now = (): string => needs.now().toISOString();
  return {
    receive: (receipt, meta) => book(orders.receipt(receipt, now()), meta),
    adjust: (adjustment, meta) =>
      book(
        {
          commands: [{ type: 'AdjustStock', data: { ...adjustment, now: now() } }],
          answer: { location: adjustment.location, skus: 1, units: adjustment.quantity },
          missing: 'invalid',
        },
        meta,
      ),
    writeOff: (lost, meta) => book(orders.writeOff(lost, now()), meta),
    dispose: (disposal, meta) => book(orders.disposal(disposal, needs.newId(), now()), meta),
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

const bookOnce = (
  needs: StocksNeeds,
  transaction: LedgerTransaction,
  order: StockOrder & { readonly more: More },
  meta: Meta,
): Promise<Booked> =>
  carriedOnce(transaction, meta, async () => ({ answer: order.answer, landed: await write(needs, transaction, order, meta) }));

const cellOf = ({ data: { sku, location } }: StockCommand | WriteOff) => ({ sku, location });

const write = async (
  needs: StocksNeeds,
  transaction: LedgerTransaction,
  { missing, more, ...order }: StockOrder & { readonly more: More },
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

const streamOf = ({ data: { sku, location } }: StockCommand): string => `stock-${location}/${sku}`;

interface Adjusting {
  readonly journal: Journal;
  readonly cause: Cause;
  readonly missing: StockOrder['missing'];
  readonly commands: readonly StockCommand[];
}

/** Carries commands out on rows that are locked; what follows for claims is written with `written`, last before the log. */
export const adjusting = async (needs: DraftingNeeds, transaction: LedgerTransaction, { journal, cause, missing, commands }: Adjusting) => {
  const cells = commands.map(cellOf);
  journal.book.require(cells);
  // The rows are locked, so nobody else writes to these streams.
  const streams = [...new Set(commands.map(streamOf))];
  const drafts = new Map((await transaction.heads(streams)).map((head) => [head.stream, draftOf(needs, head, journal)]));
  const [carts, orders] = [new OpenCarts(needs, transaction, journal), new OpenOrders(needs, transaction, journal)];
  for (const command of commands) {
    decide(command, missing, journal.book);
    await loseClaims(command, { carts, orders, journal, cause });
    for (const event of decide(command, missing, journal.book)) drafts.get(streamOf(command))?.add(event, cause.meta, command.data.now);
  }
  await orders.offer(cause);
  return {
    orders,
    written: async (): Promise<readonly Draft[]> => {
      await orders.promise(cause);
      await transaction.write({ ...journal, lines: orders.lines(), carts: carts.rows() });
      return [...drafts.values(), ...carts.drafts(), ...orders.drafts()];
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
const decide = (command: StockCommand, missing: StockOrder['missing'], book: StockBook): readonly StockEvent[] => {
  if (!book.at(command.data)) throw unknownLocation(command.data.location, missing);
  return decideStock(command, book);
};
