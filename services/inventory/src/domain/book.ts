import type { KitPart, StockLevel } from '@cartage/contracts';
import { ChannelPages } from './channel-pages';
import type { ChannelStock } from './channel-stock';
import type { InventoryEvent } from './events';
import { moved, movementsOf, summed, type Movement } from './movement';
import type { SkuSupply } from './supply/expected';
import { supplyBook, type SupplyBook } from './supply/supply-book';
import { atpOf, availableAt, heldBack, levelOf, type Cell, type NetworkStock, type Stock } from './stock';

/** What deciders may ask of the stock. */
export interface StockFacts extends Pick<SupplyBook, 'nextSupplyAt'> {
  /** Units of a SKU that can still be promised, over the network, to an order of a channel that gives so many back at the same time. */
  promisable(sku: string, claim?: { readonly channel?: string; readonly freed?: number }): number;
  /** Units that may still be allocated at a location; none where it is closed or unknown. */
  available(cell: Required<Cell>): number;
  at(cell: Required<Cell>): Stock | undefined;
  over(sku: string): NetworkStock;
  /** Whether the SKU's sums are locked: only then may claims on it move. */
  holds(sku: string): boolean;
  /** What a SKU is made of, if it is a kit. */
  kitOf(sku: string): readonly KitPart[] | undefined;
  /** Throws `Unlocked` unless all of these rows are locked, if they are there. */
  require(cells: readonly Cell[]): void;
  /** What these movements would make of the locations' levels. */
  levelsAfter(movements: readonly Movement[]): readonly StockLevel[];
}

/** A movement as it was entered: what changed, and what could be promised afterwards. */
export interface Entry {
  readonly sku: string;
  readonly location: string | null;
  /** Whether it changed what the network can promise: movements at closed locations do not. */
  readonly inNetwork: boolean;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly safetyStock: number;
  readonly unavailable: number;
  /** The network's ATP after it. */
  readonly atp: number;
}

/** The rows that a transaction has locked, moving along as events are entered. */
export interface StockBook extends StockFacts, SupplyBook {
  /** `channel`: of the order whose claim it moves, where it is known. */
  enter(movement: Movement, channel?: string): Entry;
  /** The rows that were moved, as they stand now. */
  changed(): Required<Rows>;
  /** SKUs of which kits that wait count on more than is there. */
  leanedOver(): readonly string[];
  /** Whether a channel may not sell a SKU from everywhere. */
  confines(sku: string, channel: string | undefined): boolean;
  /** SKUs of which more could be promised after a movement than before it, since this was last asked. */
  risen(): readonly string[];
}

export interface Rows {
  readonly network: readonly NetworkStock[];
  readonly stock: readonly Stock[];
  /** Of SKUs of which something is on order. */
  readonly supply?: readonly SkuSupply[];
}

/** Rows that are to be moved are not locked: what kits are made of is known only once they are read. All is done again, with these locked, too. */
export class Unlocked extends Error {
  override readonly name = 'Unlocked';
  constructor(readonly cells: readonly Cell[]) {
    super(
      `The stock of ${cells.map(({ sku, location = 'the network' }) => `${sku} at ${location}`).join(', ')} was to be moved without being locked.`,
    );
  }
}

interface Pages {
  readonly network: Map<string, NetworkStock>;
  readonly stock: Map<string, Stock>;
  readonly channels: ChannelPages;
  readonly supply: Map<string, SkuSupply>;
  readonly moved: Set<string>;
  readonly supplied: Set<string>;
  readonly risen: Set<string>;
  readonly locked: ReadonlySet<string>;
}

/** Unambiguous: a location code has no blank in it. */
const keyOf = ({ sku, location }: Required<Cell>): string => `${location} ${sku}`;

const nameOf = ({ sku, location }: Cell): string => (location === undefined ? sku : keyOf({ sku, location }));

const none = (sku: string): NetworkStock => ({ sku, onHand: 0, allocated: 0, reserved: 0, safetyStock: 0 });

interface Opened extends Rows {
  /** The cells that were asked for, whether there is a row or not; absent: those of the rows. */
  readonly locked?: readonly Cell[];
  /** Of SKUs of which something is said of a channel. */
  readonly channels?: readonly ChannelStock[];
}

export const openBook = ({ network, stock, supply = [], locked = [...stock, ...network], channels = [] }: Opened): StockBook => {
  const pages: Pages = {
    network: new Map(network.map((row) => [row.sku, row])),
    stock: new Map(stock.map((row) => [keyOf(row), row])),
    channels: new ChannelPages(channels),
    supply: new Map(supply.map((row) => [row.sku, row])),
    moved: new Set(),
    supplied: new Set(),
    risen: new Set(),
    locked: new Set(locked.map(nameOf)),
  };
  const over = (sku: string): NetworkStock => pages.network.get(sku) ?? none(sku);
  const at = (cell: Required<Cell>): Stock | undefined => pages.stock.get(keyOf(cell));
  return {
    over,
    at,
    holds: (sku) => pages.network.has(sku),
    kitOf: (sku) => pages.network.get(sku)?.kit ?? undefined,
    require: (cells) => requireLocked(pages, cells),
    promisable: (sku, claim = {}) => promisable(pages, sku, claim),
    available: (cell) => availableWhere(at(cell)),
    levelsAfter: (movements) => levelsAfter(pages, movements),
    ...supplyBook(pages.supply, (row) => supplyMoves(pages, row)),
    enter: (movement, channel) =>
      movement.location === undefined ? enterNetwork(pages, movement, channel) : enterAt(pages, movement, channel),
    changed: () => ({
      network: [...pages.network.values()].filter(({ sku }) => pages.moved.has(sku)),
      stock: [...pages.stock].filter(([key]) => pages.moved.has(key)).map(([, row]) => row),
      supply: [...pages.supply.values()].filter(({ sku }) => pages.supplied.has(sku)),
    }),
    leanedOver: () => [...pages.supply.values()].filter(({ sku, leaning }) => leaning > promisable(pages, sku, {})).map(({ sku }) => sku),
    confines: (sku, channel) => pages.channels.confines(sku, channel),
    risen: () => {
      const skus = [...pages.risen];
      pages.risen.clear();
      return skus;
    },
  };
};

const promisable = ({ network, channels }: Pages, sku: string, claim: { readonly channel?: string; readonly freed?: number }): number => {
  const row = network.get(sku);
  const atp = row ? atpOf({ ...row, reserved: row.reserved - (claim.freed ?? 0) }) : 0;
  return Math.max(0, channels.atp(sku, atp, claim));
};

const supplyMoves = (pages: Pages, { sku }: SkuSupply): void => {
  locked(pages.network.get(sku), { sku });
  pages.supplied.add(sku);
};

const availableWhere = (stock: Stock | undefined): number => (stock?.active ? availableAt(stock) : 0);

const requireLocked = ({ locked: names }: Pick<Pages, 'locked'>, cells: readonly Cell[]): void => {
  const missing = cells.filter((cell) => !names.has(nameOf(cell)));
  if (missing.length > 0) throw new Unlocked(missing);
};

/** A row that was not locked is not there to be moved. */
const locked = <Row>(row: Row | undefined, cell: Cell): Row => {
  if (row === undefined) throw new Unlocked([cell]);
  return row;
};

/** Those at a location. */
const placed = (movements: readonly Movement[]): readonly Movement[] => movements.filter(({ location }) => location !== undefined);

const levelsAfter = (pages: Pages, movements: readonly Movement[]): readonly StockLevel[] => {
  requireLocked(pages, placed(movements));
  const after = new Map<string, Stock>();
  for (const movement of placed(movements)) {
    const key = nameOf(movement);
    after.set(key, moved(locked(after.get(key) ?? pages.stock.get(key), movement), movement));
  }
  return [...after.values()].map(levelOf);
};

const sum = (pages: Pages, movement: Movement): NetworkStock => {
  const before = locked(pages.network.get(movement.sku), { sku: movement.sku });
  const after = summed(before, movement);
  pages.network.set(movement.sku, after);
  pages.moved.add(movement.sku);
  if (atpOf(after) > atpOf(before)) pages.risen.add(movement.sku);
  return after;
};

const rises = (
  { channels, risen }: Pages,
  movement: Movement,
  { channel, after }: { channel: string | undefined; after?: Stock },
): void => {
  if (channels.move(movement, channel, after)) risen.add(movement.sku);
};

const enterNetwork = (pages: Pages, movement: Movement, channel: string | undefined): Entry => {
  const { sku, onHand = 0, reserved = 0, allocated = 0, safetyStock = 0 } = movement;
  const atp = atpOf(sum(pages, movement));
  rises(pages, movement, { channel });
  return { sku, location: null, inNetwork: true, onHand, reserved, allocated, safetyStock, unavailable: 0, atp };
};

const enterAt = (pages: Pages, movement: Movement, channel: string | undefined): Entry => {
  const { sku, location = '', onHand = 0, reserved = 0, allocated = 0, unavailable = 0 } = movement;
  const key = keyOf({ sku, location });
  const before = locked(pages.stock.get(key), { sku, location });
  const after = moved(before, movement);
  pages.stock.set(key, after);
  pages.moved.add(key);
  const change = { sku, onHand, reserved, allocated, safetyStock: heldBack(after) - heldBack(before) };
  rises(pages, movement, { channel, after });
  const network = before.active ? sum(pages, change) : locked(pages.network.get(sku), { sku });
  return { ...change, location, inNetwork: before.active, unavailable, atp: atpOf(network) };
};

/** An event that tells the levels it leaves behind. */
export type Levelled = Extract<InventoryEvent, { readonly data: { readonly levels: unknown } }>;

export const withLevels = <Event extends Levelled>(stock: StockFacts, event: Event): Event => ({
  ...event,
  data: { ...event.data, levels: stock.levelsAfter(movementsOf(event)) },
});
