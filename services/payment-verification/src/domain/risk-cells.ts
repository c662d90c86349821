import type { RiskValues } from './risk-features';
import type { KnownOrder } from './risk-learning';

/** Orders that are alike in everything that is learned from: how much those that went well weigh, and those that did not. */
export type RiskCell = readonly [values: RiskValues, well: number, wrong: number];

/** Of so many kinds of orders at most it is known what became of them; the rarest are forgotten first. */
const MOST_CELLS = 3_000;
const HALF_LIFE_DAYS = 365;
/** Weights would leave the range of numbers one day. A power of two changes nothing but their size. */
const HALVINGS_AT_ONCE = 8;

export interface RiskCellsState {
  readonly cells: readonly RiskCell[];
  /** The day on which an order weighs 1; a year later one weighs 2, so that those before it count half. */
  readonly day: number;
}

/** What became of orders, in a bounded room: counts, in which the older ones weigh less. */
export class RiskCells {
  private cells: Map<string, RiskCell>;
  private day: number;

  constructor(state?: RiskCellsState) {
    this.cells = new Map(state?.cells.map((cell) => [JSON.stringify(cell[0]), cell]));
    this.day = state?.day ?? 0;
  }

  get state(): RiskCellsState {
    return { cells: [...this.cells.values()], day: this.day };
  }

  add(values: RiskValues, wentWrong: boolean, day: number): void {
    const weight = this.weightOn(day);
    const key = JSON.stringify(values);
    const [, well, wrong] = this.cells.get(key) ?? [values, 0, 0];
    this.cells.set(key, wentWrong ? [values, well, wrong + weight] : [values, well + weight, wrong]);
    if (this.cells.size > MOST_CELLS) this.forgetRarest();
  }

  /** As if they were known on a day: an order of that day weighs 1. */
  known(day: number): readonly KnownOrder[] {
    const today = this.weightOn(day);
    return [...this.cells.values()].flatMap(([cell, well, wrong]) => {
      const values = cell.map((value) => value ?? undefined);
      return [
        ...(well > 0 ? [{ values, wentWrong: false, weight: well / today }] : []),
        ...(wrong > 0 ? [{ values, wentWrong: true, weight: wrong / today }] : []),
      ];
    });
  }

  private weightOn(day: number): number {
    if (this.cells.size === 0) this.day = day;
    if (day - this.day >= HALVINGS_AT_ONCE * HALF_LIFE_DAYS) this.halve();
    return 2 ** ((day - this.day) / HALF_LIFE_DAYS);
  }

  private halve(): void {
    const part = 2 ** -HALVINGS_AT_ONCE;
    this.day += HALVINGS_AT_ONCE * HALF_LIFE_DAYS;
    this.cells = new Map([...this.cells].map(([key, [values, well, wrong]]) => [key, [values, well * part, wrong * part]]));
  }

  private forgetRarest(): void {
    const weights = [...this.cells].map(([key, [, well, wrong]]) => [key, well + wrong] as const);
    const rarest = weights.toSorted(([a, m], [b, n]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_CELLS / 10);
    for (const [key] of rarest) this.cells.delete(key);
  }
}
