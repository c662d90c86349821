import { Hindsight, noHindsight, withBatch, type HindsightRules, type HindsightTotals } from '../../domain/hindsight';
import type { SourcingProblem } from '../../domain/sourcing';
import type { Sourced } from '../sourcing';

export type SourceBatch = (problem: SourcingProblem) => Promise<Sourced>;

/** What would have been the best for each batch of a fork, while it is played. */
export class HindsightSearch {
  readonly hindsight: Hindsight;
  private sums: HindsightTotals;

  constructor(
    minutes: number,
    rules: HindsightRules,
    private readonly source: SourceBatch,
  ) {
    this.hindsight = new Hindsight(minutes, rules);
    this.sums = noHindsight(minutes, rules);
  }

  get totals(): HindsightTotals {
    return this.sums;
  }

  /** Looks for the best of all batches that are whole; `each` is told after each of them. */
  async look(each: () => Promise<void>): Promise<void> {
    for (const batch of this.hindsight.take()) {
      this.sums = withBatch(this.sums, batch, await this.source(batch.problem));
      await each();
    }
  }
}
