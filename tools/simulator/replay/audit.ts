import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { nothing, plus, type Books, type Part } from './books';
import type { Source } from './file';

/**
 * A second opinion of the file: where every line must have gone, found in another way. It shares no code with the replay's reading, money, classification or
 * matching; only the shape of the result is the same.
 */

const cells = (line: string): readonly string[] => {
  const found: string[] = [];
  let [cell, quoted] = ['', false];
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      found.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...found, cell];
};

interface Lot {
  readonly invoice: string;
  readonly at: number;
  /** Tenths of a penny for one unit. */
  readonly price: number;
  readonly sold: number;
  units: number;
  /** Of these, credited within a day. */
  atOnce: number;
}

interface Entry {
  readonly invoice: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sku: string;
  readonly units: number;
  /** Tenths of a penny for one unit; the file knows nothing finer. */
  readonly price: number;
  readonly who: string;
  readonly where: string;
}

const nowhere = ['Unspecified', 'European Community'];
const notGoods = new Map([
  ['D', 'discount'],
  ['AMAZONFEE', 'fee'],
  ['BANK CHARGES', 'fee'],
  ['CRUK', 'fee'],
]);

const pence = (units: number, price: number): number => Math.sign(units) * Math.floor((Math.abs(units) * price + 5) / 10);

const entryOf = ([invoice = '', sku = '', , units = '', when = '', price = '', who = '', where = '']: readonly string[]): Entry => ({
  invoice,
  at: Date.parse(`${when} UTC`),
  sku: sku.trim(),
  units: Number.parseInt(units, 10),
  price: Math.round(Number.parseFloat(price) * 1000),
  who,
  where,
});

/** Why a sale cannot be ordered, the first that applies. */
const saleTroubles: readonly (readonly [string, (entry: Entry) => boolean])[] = [
  ['negative-price', ({ price }) => price < 0],
  ['stock-write-off', ({ units, price }) => units <= 0 && price === 0],
  ['non-positive-quantity', ({ units }) => units <= 0],
  ['no-stock-code', ({ sku }) => sku === ''],
  ['country-unknown', ({ where }) => nowhere.includes(where)],
];
const creditTroubles: readonly (readonly [string, (entry: Entry) => boolean])[] = [
  ['negative-price', ({ price }) => price < 0],
  ['credit-adds-units', ({ units }) => units >= 0],
  ['discount', ({ sku }) => notGoods.get(sku) === 'discount'],
  ['fee', ({ sku }) => notGoods.get(sku) === 'fee'],
  ['return-without-customer', ({ who }) => who === ''],
];

const troubleOf = (entry: Entry): string | undefined => {
  if (entry.invoice[0] === 'A') return 'bad-debt-adjustment';
  const troubles = entry.invoice[0] === 'C' ? creditTroubles : saleTroubles;
  return troubles.find(([, applies]) => applies(entry))?.[0];
};

/** Parts of the file by name: `ordered`, `returned`, or why it is neither. */
class Account {
  readonly parts = new Map<string, Part>();
  readonly lots = new Map<string, Lot[]>();
  refundable = 0;
  neverPaid = nothing;

  constructor(private readonly inVain: ReadonlySet<string>) {}

  add(name: string, part: Part): void {
    this.parts.set(name, plus(this.parts.get(name) ?? nothing, part));
  }

  sell({ invoice, at, who, sku, units, price }: Entry): void {
    const key = JSON.stringify([who, sku]);
    this.lots.set(key, [...(this.lots.get(key) ?? []), { invoice, at, price, sold: units, units, atOnce: 0 }]);
    const sold = { lines: 1, units, pence: pence(units, price) };
    this.add('ordered', sold);
    if (this.inVain.has(invoice)) this.neverPaid = plus(this.neverPaid, sold);
  }

  /** Unit by unit would be plainest; lot by lot is the same and fast enough. */
  credit({ at, who, sku, units, price }: Entry): void {
    const lots = this.lots.get(JSON.stringify([who, sku])) ?? [];
    const gone = { back: 0, inVain: 0 };
    for (const wanted of [true, false])
      for (const lot of lots) {
        if ((lot.price === price) !== wanted) continue;
        const taken = Math.min(-units - gone.back - gone.inVain, lot.units);
        if (this.inVain.has(lot.invoice)) gone.inVain += taken;
        else {
          gone.back += taken;
          this.refundable += worth(lot, lot.sold - lot.units + taken) - worth(lot, lot.sold - lot.units);
        }
        lot.units -= taken;
        if (at - lot.at <= 24 * 60 * 60 * 1_000) lot.atOnce += taken;
      }
    this.settle(-units, gone, price);
  }

  private settle(units: number, { back, inVain }: { readonly back: number; readonly inVain: number }, price: number): void {
    const left = units - back - inVain;
    const [returned, matched, whole] = [back, back + inVain, units].map((some) => pence(-some, price)) as [number, number, number];
    if (back > 0) this.add('returned', { lines: 1, units: -back, pence: returned });
    if (inVain > 0) this.add('cancelled', { lines: back > 0 ? 0 : 1, units: -inVain, pence: matched - returned });
    if (left > 0) this.add('return-without-purchase', { lines: left < units ? 0 : 1, units: -left, pence: whole - matched });
  }

  /** Invoices of which nothing was left after a day. */
  calledOff(): ReadonlySet<string> {
    const left = new Map<string, number>();
    for (const { invoice, sold, atOnce } of [...this.lots.values()].flat()) left.set(invoice, (left.get(invoice) ?? 0) + sold - atOnce);
    return new Set([...left].filter(([, units]) => units === 0).map(([invoice]) => invoice));
  }
}

/** What so many of a lot's units cost, to the penny below. */
const worth = ({ price, sold }: Lot, units: number): number => Math.floor((pence(sold, price) * units) / sold);

const booksOf = ({ parts, refundable, neverPaid }: Account): Books => {
  const { ordered = nothing, returned = nothing, cancelled = nothing, ...parked } = Object.fromEntries(parts);
  const names = Object.keys(parked).toSorted();
  return {
    file: [...parts.values()].reduce(plus, nothing),
    ordered,
    returned,
    cancelled,
    paidForReturned: refundable,
    calledOff: neverPaid,
    parked: Object.fromEntries(names.map((name) => [name, parked[name] ?? nothing])),
  };
};

const enter = (account: Account, entry: Entry): void => {
  const trouble = troubleOf(entry);
  if (trouble !== undefined) account.add(trouble, { lines: 1, units: entry.units, pence: pence(entry.units, entry.price) });
  else if (entry.invoice[0] === 'C') account.credit(entry);
  else account.sell(entry);
};

/** Every line of the file but its header, as text. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  let header = true;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!header && line !== '') yield line;
    header = false;
  }
}

const accountOf = async ({ file, limit = Number.POSITIVE_INFINITY }: Source, inVain: ReadonlySet<string>): Promise<Account> => {
  const account = new Account(inVain);
  const invoices = new Set<string>();
  for await (const line of linesOf(file)) {
    const row = cells(line);
    invoices.add(row[0] ?? '');
    if (invoices.size > limit) break;
    enter(account, entryOf(row));
  }
  return account;
};

/** Where every line must have gone, by the file alone. Its columns must stand in their usual order, without line breaks in texts. */
export const audit = async (source: Source): Promise<Books> => {
  const inVain = (await accountOf({ file: source.file }, new Set())).calledOff();
  return booksOf(await accountOf(source, inVain));
};
