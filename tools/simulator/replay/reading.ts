import { nothing, plus, type Books, type Part } from './books';
import { kindOf, type Reason } from './classify';
import { rowsOf, type Row, type Source } from './file';
import { Purchases, type Match } from './matching';
import { lineMoney } from './money';

/** A row and what is to become of it. */
export type Told =
  | { readonly row: Row; readonly as: 'ordered' }
  | { readonly row: Row; readonly as: 'returned'; readonly matches: readonly Match[] }
  | { readonly row: Row; readonly as: 'parked'; readonly reason: Reason };

const toldCredit = (row: Row, matches: readonly Match[]): Told =>
  matches.length > 0 ? { row, as: 'returned', matches } : { row, as: 'parked', reason: 'return-without-purchase' };

const tell = (row: Row, purchases: Purchases): Told => {
  const kind = kindOf(row);
  if (kind === 'credit') return toldCredit(row, purchases.broughtBack(row));
  if (kind !== 'sale') return { row, as: 'parked', reason: kind.parked };
  purchases.bought(row);
  return { row, as: 'ordered' };
};

/** Every row of the file with what is to become of it. `credited` are the keys of everything that is ever credited. */
export async function* told(source: Source, credited: ReadonlySet<string>): AsyncGenerator<Told> {
  const purchases = new Purchases(credited);
  for await (const row of rowsOf(source)) yield tell(row, purchases);
}

const partOf = (row: Row, lines = 1, quantity = row.quantity): Part => ({ lines, units: quantity, pence: lineMoney(quantity, row.price) });

const unitsOf = (matches: readonly Match[]): number => matches.reduce((sum, { quantity }) => sum + quantity, 0);
const minus = (a: Part, b: Part): Part => ({ lines: a.lines - b.lines, units: a.units - b.units, pence: a.pence - b.pence });

/** Keeps the books of what was told. Credits of sales that were called off (`calledOff`) are no returns. */
export class Bookkeeper {
  private file = nothing;
  private ordered = nothing;
  private returned = nothing;
  private cancelled = nothing;
  private soldInVain = nothing;
  private paidForReturned = 0;
  private readonly parked = new Map<string, Part>();

  constructor(private readonly calledOff: ReadonlySet<string>) {}

  note(line: Told): void {
    const whole = partOf(line.row);
    this.file = plus(this.file, whole);
    if (line.as === 'ordered') this.sell(line.row, whole);
    else if (line.as === 'parked') this.park(line.reason, whole);
    else this.credit(line.row, line.matches, whole);
  }

  books(): Books {
    const { file, ordered, returned, cancelled, paidForReturned, soldInVain } = this;
    return {
      file,
      ordered,
      returned,
      cancelled,
      paidForReturned,
      calledOff: soldInVain,
      parked: Object.fromEntries([...this.parked].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  private park(reason: Reason, part: Part): void {
    this.parked.set(reason, plus(this.parked.get(reason) ?? nothing, part));
  }

  private sell({ invoice }: Row, whole: Part): void {
    this.ordered = plus(this.ordered, whole);
    if (this.calledOff.has(invoice)) this.soldInVain = plus(this.soldInVain, whole);
  }

  /** The line counts where its first units went: as a return, if there are any. */
  private credit(row: Row, matches: readonly Match[], whole: Part): void {
    const returned = matches.filter(({ invoice }) => !this.calledOff.has(invoice));
    const back = unitsOf(returned);
    const returnedPart = back > 0 ? partOf(row, 1, -back) : nothing;
    const matched = partOf(row, 1, -unitsOf(matches));
    this.returned = plus(this.returned, returnedPart);
    this.cancelled = plus(this.cancelled, minus(matched, returnedPart));
    this.paidForReturned += returned.reduce((sum, { paid }) => sum + paid, 0);
    if (matched.units !== whole.units) this.park('return-without-purchase', minus(whole, matched));
  }
}
