import { hasPassed, type Clock } from '@cartage/eventsourcing';
import { paced, rests, slowly, type Pace, type Served } from '../../domain/pace';

export interface PacingNeeds {
  readonly clock: Pick<Clock, 'now'>;
  readonly served: {
    /** What commands took since it was last taken. */
    readonly take: () => Served;
    /** Whether any has come since. */
    readonly hasAny: () => boolean;
  };
}

const WINDOW_MS = 1_000;

/** How fast replays go in this process: asked by each of them before it goes on. */
export class Pacing {
  private pace: Pace = slowly;
  private since: number;

  constructor(private readonly needs: PacingNeeds) {
    this.since = needs.clock.now().getTime();
  }

  /** How much of what they may go they go now; 0 while they rest. */
  readonly share = (): number => {
    const now = this.needs.clock.now().getTime();
    const passed = now - this.since;
    // Whoever comes first does not meet it at its full speed for the rest of a window.
    if (hasPassed(WINDOW_MS, { since: this.since, now }) || (this.pace.windows === 0 && this.needs.served.hasAny())) {
      this.since = now;
      // Nobody asked for long: no replay went on, and what commands took says nothing of one.
      this.pace = paced(passed < 2 * WINDOW_MS ? this.pace : slowly, this.needs.served.take());
    }
    return rests(this.pace) ? 0 : this.pace.share;
  };
}
