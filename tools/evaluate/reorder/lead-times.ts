import { chanceOf } from '../../simulation/random';
import { BadCell, type Cells, dayNumber } from '../input/cells';

/** A purchase order that came. */
export interface Receipt {
  readonly days: number;
  readonly supplier: string | undefined;
  readonly sku: string | undefined;
}

const LONGEST_DAYS = 3_660;

export const receiptOf = (cells: Cells): Receipt => {
  const days = dayNumber(cells.instant('delivered_at')) - dayNumber(cells.instant('ordered_at'));
  if (days < 0) throw new BadCell('delivered_at', 'is before ordered_at');
  if (days > LONGEST_DAYS) throw new BadCell('delivered_at', 'is more than ten years after ordered_at');
  return { days, supplier: cells.optional('supplier'), sku: cells.optional('sku') };
};

/** As many as the service looks at, and as few as it believes. */
const [MOST, LEAST] = [100, 5];

/** Keeps the last receipts of each key, in the order in which they come. */
class Lasts {
  private readonly byKey = new Map<string, number[]>();

  add(key: string, days: number): void {
    const kept = this.byKey.get(key) ?? [];
    kept.push(days);
    if (kept.length > MOST) kept.shift();
    this.byKey.set(key, kept);
  }

  of(key: string | undefined): readonly number[] | undefined {
    const kept = key === undefined ? undefined : this.byKey.get(key);
    return kept !== undefined && kept.length >= LEAST ? kept : undefined;
  }

  /** Keys with enough of them. */
  get keys(): readonly string[] {
    return [...this.byKey.keys()].filter((key) => this.of(key) !== undefined);
  }
}

/** A SKU and from whom it comes, as far as that is said. */
export interface Supplied {
  readonly sku: string;
  readonly location?: string | undefined;
  readonly supplier?: string | undefined;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How long orders took: by SKU, by supplier, and all of them. */
export class LeadTimes {
  private readonly bySku = new Lasts();
  private readonly bySupplier = new Lasts();
  private readonly all: number[] = [];
  private readonly suppliers: string[] = [];

  add({ days, supplier, sku }: Receipt): void {
    this.all.push(days);
    if (sku !== undefined) this.bySku.add(sku, days);
    if (supplier === undefined) return;
    this.bySupplier.add(supplier, days);
    this.suppliers.push(supplier);
  }

  get receipts(): number {
    return this.all.length;
  }

  get supplierCount(): number {
    return this.bySupplier.keys.length;
  }

  get meanDays(): number {
    return meanOf(this.all);
  }

  /**
   * Receipts of the SKU, else of its supplier; where nobody says who that is, of one that is drawn, each as often as it delivered; where none has
   * enough, all of them.
   */
  of({ sku, location, supplier }: Supplied, seed: number): readonly number[] {
    const own = this.bySku.of(sku) ?? this.bySupplier.of(supplier);
    if (own !== undefined) return own;
    const known = this.suppliers.filter((each) => this.bySupplier.of(each) !== undefined);
    if (supplier !== undefined || known.length === 0) return this.all.slice(-MOST);
    return this.bySupplier.of(chanceOf(seed, 'supplier', sku, location ?? '').pick(known)) ?? this.all.slice(-MOST);
  }
}

/** Lead times of one series: what is known of them, and what each order takes, by the day on which it is placed. */
export interface Lead {
  readonly receipts: readonly number[];
  readonly meanDays: number;
  readonly takes: Uint16Array;
}

/** The same for every method: an order of one day takes as long, whoever places it. */
export const leadOf = (receipts: readonly number[], days: number, chance: { whole(least: number, most: number): number }): Lead => ({
  receipts,
  meanDays: meanOf(receipts),
  takes: Uint16Array.from({ length: days }, () => receipts[chance.whole(0, receipts.length - 1)] ?? 1),
});

/** Scaled so that all of them take so long in the mean; whole days, one at the least. */
export const scaled = (receipts: readonly number[], factor: number): readonly number[] =>
  receipts.map((days) => Math.max(1, Math.round(days * factor)));
