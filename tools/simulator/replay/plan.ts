import { kindOf } from './classify';
import { rowsOf, type Row, type Source } from './file';
import { Purchases } from './matching';

/** What must be known of the file before the first order: found in one pass. */
export interface Plan {
  readonly rows: number;
  /** Sale invoices with at least one line that can be ordered. */
  readonly orders: number;
  /** Invoices whose lines do not stand together. */
  readonly scattered: ReadonlySet<string>;
  /** `customer|sku` of everything that is ever credited. */
  readonly credited: ReadonlySet<string>;
  /** Sale invoices that were called off: everything of them was credited within a day. Of the whole file, whatever part of it is run, so that runs fit together. */
  readonly calledOff: ReadonlySet<string>;
}

/** What is left of a sale, as far as credits of its first day take it away. */
interface Sale {
  readonly at: number;
  units: number;
}

const A_DAY_MS = 24 * 3_600_000;
const instantOf = ({ date }: Row): number => Date.parse(`${date.replace(' ', 'T')}Z`);

const takeAway = (sale: Sale | undefined, units: number, at: number): void => {
  if (sale && at - sale.at <= A_DAY_MS) sale.units -= units;
};

const calledOffIn = async (file: string, credited: ReadonlySet<string>): Promise<ReadonlySet<string>> => {
  const sales = new Map<string, Sale>();
  const purchases = new Purchases(credited);
  for await (const row of rowsOf({ file })) {
    const kind = kindOf(row);
    if (kind === 'sale') {
      purchases.bought(row);
      const { at, units } = sales.get(row.invoice) ?? { at: instantOf(row), units: 0 };
      sales.set(row.invoice, { at, units: units + row.quantity });
    } else if (kind === 'credit')
      for (const { invoice, quantity } of purchases.broughtBack(row)) takeAway(sales.get(invoice), quantity, instantOf(row));
  }
  return new Set([...sales].flatMap(([invoice, { units }]) => (units === 0 ? [invoice] : [])));
};

/** `customer|sku` of everything that is ever credited. */
const creditedIn = async (source: Source): Promise<ReadonlySet<string>> => {
  const credited = new Set<string>();
  for await (const row of rowsOf(source)) if (kindOf(row) === 'credit') credited.add(Purchases.keyOf(row));
  return credited;
};

export const planOf = async (source: Source): Promise<Plan> => {
  const seen = new Set<string>();
  const scattered = new Set<string>();
  const ordered = new Set<string>();
  let [rows, last] = [0, ''];
  for await (const row of rowsOf(source)) {
    rows += 1;
    if (row.invoice !== last && seen.has(row.invoice)) scattered.add(row.invoice);
    seen.add((last = row.invoice));
    if (kindOf(row) === 'sale') ordered.add(row.invoice);
  }
  const credited = await creditedIn({ file: source.file });
  return { rows, orders: ordered.size, scattered, credited, calledOff: await calledOffIn(source.file, credited) };
};

/** Rows for which stock is received at once. Whole blocks are, even for a part of the file, so that runs over more of it fit together. */
export const BLOCK_ROWS = 50_000;

/** Units of each SKU that the sales of one block take. */
export interface Block {
  readonly number: number;
  readonly units: ReadonlyMap<string, number>;
}

export async function* blocksOf(file: string, rows: number): AsyncGenerator<Block> {
  let units = new Map<string, number>();
  let read = 0;
  for await (const row of rowsOf({ file })) {
    if (kindOf(row) === 'sale') units.set(row.sku, (units.get(row.sku) ?? 0) + row.quantity);
    read += 1;
    if (read % BLOCK_ROWS !== 0) continue;
    yield { number: read / BLOCK_ROWS, units };
    units = new Map();
    if (read >= rows) return;
  }
  yield { number: Math.ceil(read / BLOCK_ROWS), units };
}

/** Rows as they come, put together to invoices. */
class Invoices {
  private current: Row[] = [];
  private readonly held = new Map<string, Row[]>();

  constructor(private readonly scattered: ReadonlySet<string>) {}

  /** The invoice that is whole, now that this row has come. */
  whole(row: Row): readonly Row[] | undefined {
    if (this.scattered.has(row.invoice)) return this.hold(row);
    if (this.current[0]?.invoice === row.invoice) {
      this.current.push(row);
      return undefined;
    }
    const before = this.current;
    this.current = [row];
    return before.length > 0 ? before : undefined;
  }

  rest(): readonly (readonly Row[])[] {
    return [this.current, ...this.held.values()].filter(({ length }) => length > 0);
  }

  private hold(row: Row): undefined {
    this.held.set(row.invoice, [...(this.held.get(row.invoice) ?? []), row]);
  }
}

/** The rows of each sale invoice that can be ordered, invoice by invoice; those that are scattered come last. */
export async function* salesOf(source: Source, scattered: ReadonlySet<string>): AsyncGenerator<readonly Row[]> {
  const invoices = new Invoices(scattered);
  for await (const row of rowsOf(source)) {
    const whole = kindOf(row) === 'sale' ? invoices.whole(row) : undefined;
    if (whole) yield whole;
  }
  yield* invoices.rest();
}
