import { AdaptiveShare } from './adaptive-share';
import type { Lane } from './lane';
import { LaneTimes } from './lane-times';
import type { LeadTimeMethod, LeadTimeModel, LeadTimeQuote } from './method';

const NAME = 'learned by lane';
const VERSION = '1';

/** As it is named in what it was asked for. */
export const learnedMethod = { method: NAME, version: VERSION } as const;

class LearnedLeadTimes implements LeadTimeModel {
  private readonly times = new LaneTimes();
  private readonly share: AdaptiveShare;

  constructor(target: number) {
    this.share = new AdaptiveShare(target);
  }

  quote(lane: Lane): LeadTimeQuote {
    const within = (share: number): number | undefined => this.times.within(lane, share);
    const share = this.share.now;
    return { days: within(share), within, from: { ...learnedMethod, ...this.times.knownOf(lane), share } };
  }

  promised(): void {
    this.share.promise();
  }

  delivered(lane: Lane, days: number): void {
    this.times.learn(lane, days);
  }

  settled(_: Lane, isLate: boolean): void {
    this.share.learn(isLate);
  }
}

/**
 * What the lane typically takes, and above it what others took longer than was typical for them, on the same scale; the share that is asked for adapts, so that
 * promises are kept as often as they should be though lanes change.
 */
export const learnedLeadTimes: LeadTimeMethod = { name: NAME, version: VERSION, begin: (share) => new LearnedLeadTimes(share) };
