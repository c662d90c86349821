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

/** Keeps the books of what was told. */
export class Bookkeeper {
  private file = nothing;
  private ordered = nothing;
  private returned = nothing;
  private paidForReturned = 0;
  private readonly parked = new Map<string, Part>();

  note(line: Told): void {
    const whole = partOf(line.row);
    this.file = plus(this.file, whole);
    if (line.as === 'ordered') this.ordered = plus(this.ordered, whole);
    else if (line.as === 'parked') this.park(line.reason, whole);
    else this.bringBack(line.row, line.matches, whole);
  }

  books(): Books {
    const { file, ordered, returned, paidForReturned } = this;
    return {
      file,
      ordered,
      returned,
      paidForReturned,
      parked: Object.fromEntries([...this.parked].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  private park(reason: Reason, part: Part): void {
    this.parked.set(reason, plus(this.parked.get(reason) ?? nothing, part));
  }

  private bringBack(row: Row, matches: readonly Match[], whole: Part): void {
    const units = matches.reduce((sum, { quantity }) => sum + quantity, 0);
    const back = partOf(row, 1, -units);
    this.returned = plus(this.returned, back);
    this.paidForReturned += matches.reduce((sum, { paid }) => sum + paid, 0);
    if (units < -row.quantity)
      this.park('return-without-purchase', { lines: 0, units: whole.units - back.units, pence: whole.pence - back.pence });
  }
}
