import { sourcedWell, valueOf, type SourcingPlan, type SourcingProblem } from '@cartage/fulfillment-routing/sourcing';
import type { Slice } from '../judgement';
import type { Sourced, SourcingMethod } from './methods';

/** What batches cost by quick ways, and at the least: of those for which that is known. */
export class BatchGaps {
  private batches = 0;
  private exact = 0;
  private least = 0;
  private readonly costs = new Map<string, number>();

  constructor(
    private readonly ways: readonly SourcingMethod[],
    private readonly unfilledCost: number,
  ) {}

  async add(problem: SourcingProblem, { plan, isOptimal }: Sourced): Promise<void> {
    this.batches += 1;
    if (!isOptimal) return;
    this.exact += 1;
    this.least += this.costOf(problem, plan);
    for (const way of this.ways) this.count(way.name, this.costOf(problem, await way.plan({ problem, stock: problem.stock, day: 0 })));
    this.count('heuristic of the service', this.costOf(problem, sourcedWell(problem)));
  }

  get slice(): Slice {
    return {
      title: `By how much more than the exact optimum of the same batch (${this.exact} of ${this.batches} batches were solved exactly)`,
      head: ['way', 'more, as a share'],
      rows: [...this.costs].map(([name, cost]) => [name, this.least === 0 ? '-' : ((cost - this.least) / this.least).toFixed(5)]),
    };
  }

  private count(name: string, cost: number): void {
    this.costs.set(name, (this.costs.get(name) ?? 0) + cost);
  }

  private costOf(problem: SourcingProblem, plan: SourcingPlan): number {
    const { cost, unfilled } = valueOf(problem, plan);
    return cost + unfilled * this.unfilledCost;
  }
}
