import {
  fold,
  numbered,
  sequenceOf,
  type Appended,
  type Decider,
  type Meta,
  type Named,
  type NewEvent,
  type Stream,
} from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import { byPart, decideStock, hasNoStock, type StockCommand } from '../../domain/adjusting';
import type { StockBook } from '../../domain/book';
import { unknownLocation } from '../../domain/location';
import type { Cell } from '../../domain/stock';
import { promisableFrom, type Supply } from '../../domain/supply/supply';
import { append, draftOf, journalOf, type Cause, type Draft, type Drafted, type DraftingNeeds, type Journal } from '../drafting';
import type { More } from '../locking';
import { OpenOrders } from '../open-orders';
import type { SupplyOf, SupplyTransaction } from './supply-ledger';

/** What a document about goods that are on order decides, and what of it the stock must know. */
export interface SupplyDocument<Command extends Named, State, Event extends Named> {
  readonly stream: string;
  readonly decider: Decider<Command, State, Event>;
  supplyOf(state: State): SupplyOf;
  /** Where it says that goods go to and from: rows that must be there before any of them moves. */
  cellsOf?(state: State): readonly Required<Cell>[];
  /** Goods that moved on or off a shelf by these facts. */
  stockOf(events: readonly Event[], state: State): readonly StockCommand[];
  /** Of what was still to come, what came by these facts. */
  cameBy(events: readonly Event[], before: State): readonly Supply[];
  write(transaction: SupplyTransaction, state: State, now: string): Promise<void>;
}

export interface Decided<State, Event extends Named> {
  readonly state: State;
  readonly events: readonly Event[];
  /** It was decided before, under this command id. */
  readonly repeated: boolean;
  readonly landed: readonly Appended[];
}

interface Order<Command> {
  readonly command: Command;
  readonly meta: Meta;
  readonly now: string;
  readonly reason?: Reason;
  readonly more: More;
}

export const draftFacts = <Event extends Named>(
  { newId, isPublic }: DraftingNeeds,
  { stream, version, events }: Stream,
  decided: readonly Event[],
  meta: Meta,
): Drafted => {
  const number = numbered(sequenceOf(events), isPublic);
  const facts = decided.map((event): NewEvent => ({ ...event, id: newId(), meta: number(event.type, meta) }));
  return { write: () => ({ stream, expected: version, events: facts }) };
};

/** Decides on a document, and moves stock, dates and claims with it. */
export const bookSupply = async <Command extends Named, State, Event extends Named>(
  needs: DraftingNeeds,
  transaction: SupplyTransaction,
  document: SupplyDocument<Command, State, Event>,
  order: Order<Command>,
): Promise<Decided<State, Event>> => {
  const [read] = await transaction.readMany([document.stream]);
  if (!read) throw new Error(`The stream ${document.stream} was not read.`);
  const stream = read as Stream<never>;
  const before = fold(document.decider, stream.events as readonly Event[]);
  const done = stream.events.some(({ meta }: { readonly meta: Meta }) => meta.commandId === order.meta.commandId);
  const events = done ? [] : document.decider.decide(order.command, before);
  const state = fold(document.decider, events, before);
  if (events.length === 0) return { state, events, repeated: done, landed: [] };
  const facts = draftFacts(needs, stream, events, order.meta);
  const supply = { before: document.supplyOf(before).supply, after: document.supplyOf(state) };
  const moves = { ...supply, named: document.cellsOf?.(state) ?? [], came: document.cameBy(events, before) };
  const drafts = await moveStock(needs, transaction, { ...moves, commands: document.stockOf(events, state) }, order);
  await document.write(transaction, state, order.now);
  const landed = await append(transaction, [facts, ...drafts]);
  return { state, events, repeated: false, landed };
};

interface Moves {
  readonly before: readonly Supply[];
  readonly after: SupplyOf;
  readonly came: readonly Supply[];
  readonly named: readonly Required<Cell>[];
  readonly commands: readonly StockCommand[];
}

const moveStock = async (
  needs: DraftingNeeds,
  transaction: SupplyTransaction,
  { before, after, came, named, commands }: Moves,
  { meta, now, reason, more }: Omit<Order<unknown>, 'command'>,
): Promise<readonly Drafted[]> => {
  const cells = [...named, ...before, ...after.supply, ...commands.map(({ data }) => data)].map(({ sku, location }) => ({ sku, location }));
  const journal = journalOf(await transaction.lock({ cells: [...cells, ...more.cells], making: [...cells, ...more.making] }));
  requireNoKits(before, [...after.supply, ...named], journal.book);
  requireThere(cells, journal.book);
  const drafts = await bookStock(needs, transaction, commands, { journal, meta });
  for (const supply of before) expectAt(journal.book, supply, -1);
  for (const supply of after.supply) expectAt(journal.book, supply, 1);
  const orders = new OpenOrders(needs, transaction, journal);
  const cause: Cause = { meta, now, ...(reason === undefined ? {} : { reason }) };
  await orders.fill(promisable(came, journal.book), cause);
  await orders.offer(cause);
  await orders.promise(cause);
  await transaction.write({ ...journal, lines: orders.lines() });
  await transaction.writeSupply(after);
  return [...drafts, ...orders.drafts()];
};

/** A kit has no stock of its own, so that nothing can be expected of it: what it is made of is ordered, and moved. */
const requireNoKits = (before: readonly Supply[], after: readonly Cell[], book: StockBook): void => {
  const known = new Set(before.map(({ sku }) => sku));
  for (const { sku } of after) if (!known.has(sku) && book.kitOf(sku)) throw hasNoStock(sku);
};

const requireThere = (cells: readonly Required<Cell>[], book: StockBook): void => {
  for (const { location, sku } of cells) if (!book.at({ sku, location })) throw unknownLocation(location, 'invalid');
};

/** What comes to a closed location is nothing that the network can promise. */
const isOpen = (book: StockBook, supply: Supply): boolean => book.at(supply)?.active ?? false;

const expectAt = (book: StockBook, supply: Supply, sign: 1 | -1): void => {
  const expected = isOpen(book, supply) ? promisableFrom(supply) : undefined;
  if (expected) book.expect(supply.sku, { at: expected.at, units: sign * expected.units });
};

const promisable = (came: readonly Supply[], book: StockBook): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const supply of came) {
    const expected = isOpen(book, supply) ? promisableFrom(supply) : undefined;
    if (expected) units.set(supply.sku, (units.get(supply.sku) ?? 0) + expected.units);
  }
  return units;
};

const bookStock = async (
  needs: DraftingNeeds,
  transaction: SupplyTransaction,
  commands: readonly StockCommand[],
  { journal, meta }: { readonly journal: Journal; readonly meta: Meta },
): Promise<readonly Draft[]> => {
  const streamOf = ({ data: { sku, location } }: StockCommand): string => `stock-${location}/${sku}`;
  const byParts = commands.flatMap((command) => byPart(command, journal.book));
  journal.book.require(byParts.map(({ data: { sku, location } }) => ({ sku, location })));
  const streams = [...new Set(byParts.map(streamOf))];
  const heads = streams.length > 0 ? await transaction.heads(streams) : [];
  const drafts = new Map(heads.map((head) => [head.stream, draftOf(needs, head, journal)]));
  for (const command of byParts)
    for (const event of decideStock(command, journal.book)) drafts.get(streamOf(command))?.add(event, meta, command.data.now);
  return [...drafts.values()];
};
