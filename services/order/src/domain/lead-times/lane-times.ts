import type { Lane } from './lane';
import type { LeadTimeSource } from './method';
import { SortedWindow } from './sorted-window';
import { scaled, TypicalTimes, unscaled, type TypicalState } from './typical';

/** Deliveries whose misses are remembered, and how many of a service count as much as those of all. */
const WINDOW = 600;
const DOUBT = 20;
/** Services that are remembered: the one that was met longest ago is forgotten first. */
const MOST_SERVICES = 100;

/** What was learned: enough to go on from there, to the last digit. */
export interface LaneTimesState {
  readonly typical: TypicalState;
  readonly misses: readonly number[];
  readonly byService: readonly (readonly [service: string, misses: readonly number[]])[];
}

const windowOf = (values: readonly number[]): SortedWindow => {
  const window = new SortedWindow(WINDOW);
  for (const value of values) window.add(value);
  return window;
};

/** What the lane typically takes, and above it what others took longer than was typical for them, on the same scale. */
export class LaneTimes {
  private readonly typical: TypicalTimes;
  private readonly misses: SortedWindow;
  private readonly byService: Map<string, SortedWindow>;

  constructor(state?: LaneTimesState) {
    this.typical = new TypicalTimes(state?.typical);
    this.misses = windowOf(state?.misses ?? []);
    this.byService = new Map(state?.byService.map(([service, misses]) => [service, windowOf(misses)]));
  }

  get state(): LaneTimesState {
    return {
      typical: this.typical.state,
      misses: this.misses.values,
      byService: [...this.byService].map(([service, { values }]) => [service, values]),
    };
  }

  /** Deliveries that were learned from. */
  get seen(): number {
    return this.typical.seen;
  }

  /** The narrowest level of this lane of which anything was seen, and how much. */
  knownOf(lane: Lane): Pick<LeadTimeSource, 'level' | 'deliveries'> {
    return this.typical.knownOf(lane);
  }

  /** Whole days that this share takes at most; undefined where nothing can be said yet. */
  within(lane: Lane, share: number): number | undefined {
    const miss = this.missWithin(lane, share);
    return miss === undefined ? undefined : Math.ceil(unscaled(this.typical.of(lane) + miss) - 1e-9);
  }

  /** Misses are those of what would have been said just before, as the next one will be. */
  learn(lane: Lane, days: number): void {
    const miss = scaled(days) - this.typical.of(lane);
    const isFirst = this.seen === 0;
    this.typical.learn(lane, scaled(days));
    if (isFirst) return;
    const service = lane.service ?? '';
    const ofService = this.byService.get(service) ?? new SortedWindow(WINDOW);
    for (const each of [this.misses, ofService]) each.add(miss);
    this.byService.delete(service);
    this.byService.set(service, ofService);
    if (this.byService.size > MOST_SERVICES) this.byService.delete(this.byService.keys().next().value ?? '');
  }

  /** A service that was seen often speaks for itself. */
  private missWithin({ service = '' }: Lane, share: number): number | undefined {
    const [ofAll, known] = [this.misses.atMost(share), this.byService.get(service)];
    const own = known?.atMost(share);
    if (ofAll === undefined || own === undefined || known === undefined) return ofAll;
    const weight = known.size / (known.size + DOUBT);
    return weight * own + (1 - weight) * ofAll;
  }
}
