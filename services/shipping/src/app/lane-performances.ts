import { hasPassed } from '@cartage/eventsourcing';
import { performanceBy, type LaneOutcomes, type PerformanceOf, type Trust } from '../domain/lane-performance';

export interface LanePerformancesNeeds {
  /** As they were learnt last. */
  readonly outcomes: () => Promise<readonly LaneOutcomes[]>;
  readonly trust: Trust;
  readonly now: () => Date;
}

/** Learnt every hour: this is soon enough. */
const FRESH_MS = 15 * 60_000;

/** What is to be expected of lanes, kept in memory. Whoever buys a label waits for nothing: what is old is renewed beside it, and counts until then. */
export class LanePerformances {
  private known: PerformanceOf = () => undefined;
  private askedAt = -Infinity;

  constructor(private readonly needs: LanePerformancesNeeds) {}

  readonly current = (): PerformanceOf => {
    // What cannot be read now is asked for again after a while; nobody can do anything about it here.
    if (hasPassed(FRESH_MS, { since: this.askedAt, now: this.needs.now().getTime() })) void this.renew().catch(() => undefined);
    return this.known;
  };

  readonly renew = async (): Promise<void> => {
    this.askedAt = this.needs.now().getTime();
    this.known = performanceBy(await this.needs.outcomes(), this.needs.trust);
  };
}
