import {
  drawsOf,
  LearnedCarriers,
  learnedCarriers,
  type ChoiceReason,
  type LearnedTerms,
  type ParcelOutcome,
} from '@cartage/shipping/carrier-learning';
import type { Handover } from './reading';
import type { Decision } from './world';

/** One way of choosing, that hears of parcels once they have ended. */
export interface Chooser {
  choose(decision: Decision, n: number): string;
  heard(handover: Handover, service: string, outcome: ParcelOutcome): void;
}

export interface CarrierMethod {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  begin(): Chooser;
}

/** What a parcel cost with what its lateness or loss costs. */
export const lossOf = (cost: number, { end, daysLate }: ParcelOutcome, { perDayLate, perLost }: LearnedTerms): number =>
  cost + (end === 'lost' ? perLost : Math.min(perLost, daysLate * perDayLate));

const asShipped: CarrierMethod = {
  ...{ name: 'as it was shipped', version: '-', isBaseline: true },
  begin: () => ({ choose: ({ handover }) => handover.service, heard: () => undefined }),
};

const lowest = <Item>(items: readonly Item[], of: (item: Item) => number): Item | undefined =>
  items.reduce<Item | undefined>((best, each) => (best === undefined || of(each) < of(best) ? each : best), undefined);

const cheapest: CarrierMethod = {
  ...{ name: 'cheapest', version: '1', isBaseline: true },
  begin: () => ({ choose: ({ ways }) => lowest(ways, ({ cost }) => cost)?.service ?? '', heard: () => undefined }),
};

interface Mean {
  sum: number;
  count: number;
}

/** Fewer outcomes on a lane say less than all lanes of the service do. */
const ENOUGH = 5;

/** Of each lane the service that cost least, lateness and loss included, of what had ended before anything is judged; after that it never looks again. */
class FixedBest implements Chooser {
  private readonly lanes = new Map<string, Mean>();
  private readonly services = new Map<string, Mean>();

  constructor(
    private readonly terms: LearnedTerms,
    private readonly until: number,
  ) {}

  heard({ lane, cost }: Handover, service: string, outcome: ParcelOutcome): void {
    if (outcome.day >= this.until) return;
    for (const [means, key] of [[this.lanes, JSON.stringify([lane, service])] as const, [this.services, service] as const]) {
      const mean = means.get(key) ?? { sum: 0, count: 0 };
      means.set(key, { sum: mean.sum + lossOf(cost, outcome, this.terms), count: mean.count + 1 });
    }
  }

  choose({ handover: { lane }, ways }: Decision): string {
    const meanOf = (service: string): number => {
      const own = this.lanes.get(JSON.stringify([lane, service]));
      const mean = own !== undefined && own.count >= ENOUGH ? own : this.services.get(service);
      return mean === undefined ? Number.POSITIVE_INFINITY : mean.sum / mean.count;
    };
    return (lowest(ways, ({ service }) => meanOf(service)) ?? ways[0])?.service ?? '';
  }
}

export interface LearnedChooser extends Chooser {
  /** How often which reason decided. */
  readonly reasons: ReadonlyMap<ChoiceReason, number>;
}

class Learned implements LearnedChooser {
  readonly reasons = new Map<ChoiceReason, number>();
  private readonly carriers = new LearnedCarriers();

  constructor(
    private readonly terms: LearnedTerms,
    private readonly seed: number,
    private readonly fixed: FixedBest,
  ) {}

  choose(decision: Decision, n: number): string {
    const { handover, ways } = decision;
    const offers = ways.map(({ service, cost }) => ({ service, cost }));
    const asked = { currency: '', lane: handover.lane, offers, baseline: this.fixed.choose(decision), terms: this.terms };
    const choice = this.carriers.choose(asked, drawsOf(`${this.seed}/${n}`));
    this.carriers.decided(choice.allowance);
    this.reasons.set(choice.reason, (this.reasons.get(choice.reason) ?? 0) + 1);
    return choice.service;
  }

  heard(handover: Handover, service: string, outcome: ParcelOutcome): void {
    this.fixed.heard(handover, service, outcome);
    this.carriers.learn({ lane: handover.lane, service }, outcome);
  }
}

export interface MethodTerms {
  readonly terms: LearnedTerms;
  readonly seed: number;
  /** The first day that is judged. */
  readonly from: number;
}

export const FIXED = 'fixed best service';

export const methodsOf = ({ terms, seed, from }: MethodTerms): readonly CarrierMethod[] => [
  asShipped,
  cheapest,
  { name: FIXED, version: '1', isBaseline: true, begin: () => new FixedBest(terms, from) },
  {
    ...{ name: learnedCarriers.method, version: learnedCarriers.version, isBaseline: false },
    begin: () => new Learned(terms, seed, new FixedBest(terms, from)),
  },
];
