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
  /** Tenths of a penny for one unit. */
  readonly price: number;
  readonly sold: number;
  units: number;
}

interface Entry {
  readonly first: string;
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

const entryOf = ([invoice = '', sku = '', , units = '', , price = '', who = '', where = '']: readonly string[]): Entry => ({
  first: invoice[0] ?? '',
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
  if (entry.first === 'A') return 'bad-debt-adjustment';
  const troubles = entry.first === 'C' ? creditTroubles : saleTroubles;
  return troubles.find(([, applies]) => applies(entry))?.[0];
};

/** Parts of the file by name: `ordered`, `returned`, or why it is neither. */
class Account {
  readonly parts = new Map<string, Part>();
  readonly lots = new Map<string, Lot[]>();
  refundable = 0;

  add(name: string, part: Part): void {
    this.parts.set(name, plus(this.parts.get(name) ?? nothing, part));
  }

  sell({ who, sku, units, price }: Entry): void {
    const key = JSON.stringify([who, sku]);
    this.lots.set(key, [...(this.lots.get(key) ?? []), { price, sold: units, units }]);
    this.add('ordered', { lines: 1, units, pence: pence(units, price) });
  }

  /** Unit by unit would be plainest; lot by lot is the same and fast enough. */
  credit({ who, sku, units, price }: Entry): void {
    const lots = this.lots.get(JSON.stringify([who, sku])) ?? [];
    let left = -units;
    for (const wanted of [true, false])
      for (const lot of lots) {
        if ((lot.price === price) !== wanted) continue;
        const taken = Math.min(left, lot.units);
        this.refundable += worth(lot, lot.sold - lot.units + taken) - worth(lot, lot.sold - lot.units);
        lot.units -= taken;
        left -= taken;
      }
    this.settle(-units, left, price);
  }

  private settle(units: number, left: number, price: number): void {
    const back = units - left;
    const whole = pence(-units, price);
    const returned = pence(-back, price);
    if (back > 0) this.add('returned', { lines: 1, units: -back, pence: returned });
    if (left > 0) this.add('return-without-purchase', { lines: back > 0 ? 0 : 1, units: -left, pence: whole - returned });
  }
}

/** What so many of a lot's units cost, to the penny below. */
const worth = ({ price, sold }: Lot, units: number): number => Math.floor((pence(sold, price) * units) / sold);

const booksOf = ({ parts, refundable }: Account): Books => {
  const { ordered = nothing, returned = nothing, ...parked } = Object.fromEntries(parts);
  const names = Object.keys(parked).toSorted();
  return {
    file: [...parts.values()].reduce(plus, nothing),
    ordered,
    returned,
    paidForReturned: refundable,
    parked: Object.fromEntries(names.map((name) => [name, parked[name] ?? nothing])),
  };
};

const enter = (account: Account, entry: Entry): void => {
  const trouble = troubleOf(entry);
  if (trouble !== undefined) account.add(trouble, { lines: 1, units: entry.units, pence: pence(entry.units, entry.price) });
  else if (entry.first === 'C') account.credit(entry);
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

/** Where every line must have gone, by the file alone. Its columns must stand in their usual order, without line breaks in texts. */
export const audit = async ({ file, limit = Number.POSITIVE_INFINITY }: Source): Promise<Books> => {
  const account = new Account();
  const invoices = new Set<string>();
  for await (const line of linesOf(file)) {
    const row = cells(line);
    invoices.add(row[0] ?? '');
    if (invoices.size > limit) break;
    enter(account, entryOf(row));
  }
  return booksOf(account);
};
