import { suggestedOf, type ReorderPoint } from '@cartage/inventory/replenishing';

/** On what terms every shelf is refilled. */
export interface ShelfTerms {
  readonly reviewDays: number;
  readonly minimumQuantity: number;
  readonly multipleOf: number;
  /** Whether who finds nothing waits for it; otherwise the sale is lost. */
  readonly isBackordered: boolean;
}

/** One SKU at one location, over the days that are lived through. */
export interface ShelfLife {
  readonly demand: Float64Array;
  /** Days until the goods are there, by the day on which they are ordered. */
  readonly takes: Uint16Array;
  /** On which day it is looked at first. */
  readonly firstReview: number;
}

/** What came of a shelf, or of many: sums over days. */
export interface Outcome {
  days: number;
  stock: number;
  asked: number;
  filled: number;
  sellingDays: number;
  shortDays: number;
  cycles: number;
  servedCycles: number;
  orders: number;
}

export const noOutcome = (): Outcome => ({
  ...{ days: 0, stock: 0, asked: 0, filled: 0, sellingDays: 0, shortDays: 0, cycles: 0, servedCycles: 0, orders: 0 },
});

/** The numbers that hold on a day; nothing where there are none, and nothing is ordered. */
export type NumbersOn = (day: number) => ReorderPoint | undefined;

class Shelf {
  private onHand: number;
  private owed = 0;
  private onOrder = 0;
  private isShort = false;
  private readonly arriving: Float64Array;

  constructor(
    private readonly life: ShelfLife,
    private readonly terms: ShelfTerms,
    opening: ReorderPoint | undefined,
  ) {
    this.arriving = new Float64Array(life.demand.length);
    this.onHand = opening ? Math.round((opening.reorderPoint + opening.orderUpTo) / 2) : 0;
  }

  /** Goods come in the morning, then customers. */
  live(day: number, outcome: Outcome): void {
    this.receive(this.arriving[day] ?? 0, outcome);
    const asked = this.life.demand[day] ?? 0;
    const given = Math.min(this.onHand, asked);
    this.onHand -= given;
    if (this.terms.isBackordered) this.owed += asked - given;
    this.isShort ||= given < asked;
    outcome.days += 1;
    outcome.stock += this.onHand;
    outcome.asked += asked;
    outcome.filled += given;
    outcome.sellingDays += asked > 0 ? 1 : 0;
    outcome.shortDays += given < asked ? 1 : 0;
  }

  isReviewed(day: number): boolean {
    return (day - this.life.firstReview) % this.terms.reviewDays === 0;
  }

  /** In the evening. */
  review(day: number, numbers: ReorderPoint | undefined, outcome: Outcome): void {
    if (numbers === undefined) return;
    const { minimumQuantity, multipleOf } = this.terms;
    const [{ reorderPoint, orderUpTo }, available] = [numbers, this.onHand - this.owed];
    const units = suggestedOf({ reorderPoint, orderUpTo, minimumQuantity, multipleOf, available, onOrder: this.onOrder });
    if (units === 0) return;
    outcome.orders += 1;
    this.onOrder += units;
    const due = day + (this.life.takes[day] ?? 1);
    if (due < this.arriving.length) this.arriving[due] = (this.arriving[due] ?? 0) + units;
  }

  /** A cycle ends when goods come: it was served, if nobody had been sent away since the last. */
  private receive(units: number, outcome: Outcome): void {
    if (units === 0) return;
    outcome.cycles += 1;
    outcome.servedCycles += this.isShort ? 0 : 1;
    this.isShort = false;
    this.onOrder -= units;
    const handed = Math.min(this.owed, units);
    this.owed -= handed;
    this.onHand += units - handed;
  }
}

/** Lives through all days; what each of them adds is put into the outcome of that day, or nowhere. It opens half way between its two numbers. */
export const lived = (
  life: ShelfLife,
  terms: ShelfTerms,
  { numbersOn, outcomeOf }: { readonly numbersOn: NumbersOn; readonly outcomeOf: (day: number) => Outcome },
): void => {
  const shelf = new Shelf(life, terms, numbersOn(0));
  for (let day = 0; day < life.demand.length; day += 1) {
    const outcome = outcomeOf(day);
    shelf.live(day, outcome);
    if (shelf.isReviewed(day)) shelf.review(day, numbersOn(day), outcome);
  }
};
