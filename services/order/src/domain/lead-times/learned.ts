import { AdaptiveShare } from './adaptive-share';
import type { Lane } from './lane';
import type { LeadTimeMethod, LeadTimeModel, LeadTimeQuote } from './method';
import { SortedWindow } from './sorted-window';
import { scaled, TypicalTimes, unscaled } from './typical';

const NAME = 'learned by lane';
const VERSION = '1';

/** Deliveries whose misses are remembered, and how many of a service count as much as those of all. */
const WINDOW = 600;
const DOUBT = 20;

class LearnedLeadTimes implements LeadTimeModel {
  private readonly typical = new TypicalTimes();
  private readonly misses = new SortedWindow(WINDOW);
  private readonly byService = new Map<string, SortedWindow>();
  private readonly share: AdaptiveShare;

  constructor(target: number) {
    this.share = new AdaptiveShare(target);
  }

  quote(lane: Lane): LeadTimeQuote {
    const typical = this.typical.of(lane);
    const within = (share: number): number | undefined => {
      const miss = this.missWithin(lane, share);
      return miss === undefined ? undefined : Math.ceil(unscaled(typical + miss) - 1e-9);
    };
    const share = this.share.now;
    return { days: within(share), within, from: { method: NAME, version: VERSION, ...this.typical.knownOf(lane), share } };
  }

  promised(): void {
    this.share.promise();
  }

  /** Misses are those of what would have been said just before, as the next one will be. */
  delivered(lane: Lane, days: number): void {
    const miss = scaled(days) - this.typical.of(lane);
    const isFirst = this.typical.knownOf(lane).level === 'nothing';
    this.typical.learn(lane, scaled(days));
    if (isFirst) return;
    const ofService = this.byService.get(lane.service ?? '') ?? new SortedWindow(WINDOW);
    for (const each of [this.misses, ofService]) each.add(miss);
    this.byService.set(lane.service ?? '', ofService);
  }

  settled(_: Lane, isLate: boolean): void {
    this.share.learn(isLate);
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

/**
 * What the lane typically takes, and above it what others took longer than was typical for them, on the same scale; the share that is asked for adapts, so that
 * promises are kept as often as they should be though lanes change.
 */
export const learnedLeadTimes: LeadTimeMethod = { name: NAME, version: VERSION, begin: (share) => new LearnedLeadTimes(share) };
