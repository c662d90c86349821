import { believing, beforeAnything, doubtOf, drawnPenalty, expectedPenalty, leaning, type Belief, type Penalties } from './belief';
import type { Random } from './draws';
import { nothingSeen, seenWith, type Arm, type Counts, type ParcelOutcome, type Seen } from './parcels-seen';

/** As it is named in what was decided by it. */
export const learnedCarriers = { method: 'learned by lane', version: '1' } as const;

/** What an expectation rests on: too few parcels of a lane say little, its service says more. */
export type ArmBasis = 'lane' | 'service' | 'all' | 'nothing';

/** One that may take it, for what. */
export interface ArmOffer {
  readonly service: string;
  readonly cost: number;
}

export interface LearnedTerms extends Penalties {
  /** Share of choices that are left to chance, so that nobody is forgotten. */
  readonly floor: number;
  /** How much more than the baseline it may cost in sum, as a share of what the baseline costs. */
  readonly bound: number;
}

export interface ToChoose {
  /** Of the costs: what is allowed and spent is counted in each by itself. */
  readonly currency: string;
  readonly lane: string;
  readonly offers: readonly ArmOffer[];
  /** Whom the plain way takes: one of the offers. */
  readonly baseline: string;
  readonly terms: LearnedTerms;
}

/** What an offer was weighed by. */
export interface WeighedOffer extends ArmOffer {
  /** Of this lane and service; where it is none, of what it rests on. */
  readonly counts: Counts;
  readonly basis: ArmBasis;
  /** Cost and what lateness and loss are expected to cost. */
  readonly expected: number;
  /** The same in the world that was drawn. */
  readonly drawn: number;
}

/** What one choice adds to what the baseline may be exceeded by, and what it spends of that. */
export interface Allowance {
  readonly currency: string;
  readonly allows: number;
  readonly spends: number;
}

interface Account {
  readonly allowed: number;
  readonly spent: number;
}

export type ChoiceReason = 'lowest-draw' | 'floor' | 'bound' | 'only-offer';

export interface LearnedChoice {
  readonly service: string;
  readonly reason: ChoiceReason;
  readonly offers: readonly WeighedOffer[];
  readonly allowance: Allowance;
}

interface Weighing extends WeighedOffer {
  readonly doubt: number;
}

/** All that was learned, as data: what is kept of it is it. */
export interface CarrierModel {
  readonly all: Seen;
  readonly services: readonly (readonly [string, Seen])[];
  readonly arms: readonly (readonly [string, Seen])[];
  /** By currency. */
  readonly accounts: readonly (readonly [string, Account])[];
}

const nothingSpent: Account = { allowed: 0, spent: 0 };
const armKey = ({ lane, service }: Arm): string => JSON.stringify([lane, service]);

/**
 * Thompson sampling (Thompson 1933; Chapelle and Li 2011): of each offer a world is drawn that is as likely as it is believed, and the one that costs least in it is
 * taken; so whoever is unsure is tried, and whoever is surely dearer is not. A lane leans on its service, a service on all. Where the sum of what choices may
 * have cost more than the baseline would exceed its bound, the baseline is taken (conservative bandits: Wu et al. 2016).
 */
export class LearnedCarriers {
  private all: Seen;
  private readonly services: Map<string, Seen>;
  private readonly arms: Map<string, Seen>;
  private readonly accounts: Map<string, Account>;

  constructor(model?: CarrierModel) {
    this.all = model?.all ?? nothingSeen;
    this.services = new Map(model?.services);
    this.arms = new Map(model?.arms);
    this.accounts = new Map(model?.accounts);
  }

  get model(): CarrierModel {
    return { all: this.all, services: [...this.services], arms: [...this.arms], accounts: [...this.accounts] };
  }

  /** A parcel's end, once it is known. */
  learn(arm: Arm, outcome: ParcelOutcome): void {
    this.all = seenWith(this.all, outcome);
    this.services.set(arm.service, seenWith(this.services.get(arm.service) ?? nothingSeen, outcome));
    this.arms.set(armKey(arm), seenWith(this.arms.get(armKey(arm)) ?? nothingSeen, outcome));
  }

  /** Whom to take; nothing is learned by it, and `decided` says that it was taken. */
  choose(asked: ToChoose, random: Random): LearnedChoice {
    const { baseline, terms } = asked;
    const weighed = asked.offers.map((offer) => this.weighed(asked, offer, random));
    const plain = weighed.find(({ service }) => service === baseline);
    if (plain === undefined) throw new RangeError(`The baseline ${baseline} is none of the offers.`);
    const isByChance = random() < terms.floor;
    const wish = isByChance ? (weighed[Math.floor(random() * weighed.length)] ?? plain) : weighed.reduce(lowerDraw);
    const { isWithin, allowance } = this.withinBound(asked, wish, plain);
    return {
      service: (isWithin ? wish : plain).service,
      reason: reasonOf({ isOnly: weighed.length === 1, isWithin, isByChance }),
      offers: weighed.map(({ doubt: _doubt, ...shown }) => shown),
      allowance,
    };
  }

  /** That a choice was made by what was answered. */
  decided({ currency, allows, spends }: Allowance): void {
    const { allowed, spent } = this.accounts.get(currency) ?? nothingSpent;
    this.accounts.set(currency, { allowed: allowed + allows, spent: spent + spends });
  }

  /** What a wish may cost more than the baseline is spent of what is allowed; what is surely cheaper spends nothing, and earns nothing. */
  private withinBound(
    { currency, terms }: ToChoose,
    wish: Weighing,
    plain: Weighing,
  ): Pick<LearnedChoice, 'allowance'> & { isWithin: boolean } {
    const { allowed, spent } = this.accounts.get(currency) ?? nothingSpent;
    const allows = terms.bound * plain.expected;
    const extra = wish === plain ? 0 : Math.max(0, wish.expected + wish.doubt - plain.expected);
    const isWithin = extra === 0 || spent + extra <= allowed + allows;
    return { isWithin, allowance: { currency, allows, spends: isWithin ? extra : 0 } };
  }

  private weighed({ lane, terms }: ToChoose, offer: ArmOffer, random: Random): Weighing {
    const belief = this.beliefOf({ lane, service: offer.service });
    return {
      ...offer,
      ...this.basisOf({ lane, service: offer.service }),
      expected: offer.cost + expectedPenalty(belief, terms),
      drawn: offer.cost + drawnPenalty(belief, terms, random),
      doubt: doubtOf(belief, terms),
    };
  }

  private beliefOf(arm: Arm): Belief {
    const all = believing(beforeAnything, this.all);
    const ofService = believing(leaning(all), this.services.get(arm.service) ?? nothingSeen);
    return believing(leaning(ofService), this.arms.get(armKey(arm)) ?? nothingSeen);
  }

  private basisOf(arm: Arm): { readonly counts: Counts; readonly basis: ArmBasis } {
    const levels = [
      { basis: 'lane', seen: this.arms.get(armKey(arm)) },
      { basis: 'service', seen: this.services.get(arm.service) },
      { basis: 'all', seen: this.all },
    ] as const;
    const known = levels.find(({ seen = nothingSeen }) => seen.counts.parcels > 0);
    return { counts: known?.seen?.counts ?? nothingSeen.counts, basis: known?.basis ?? 'nothing' };
  }
}

/** What is equal stays with whom was named first. */
const lowerDraw = (best: Weighing, each: Weighing): Weighing => (each.drawn < best.drawn ? each : best);

interface Circumstances {
  readonly isOnly: boolean;
  readonly isWithin: boolean;
  readonly isByChance: boolean;
}

const reasonOf = ({ isOnly, isWithin, isByChance }: Circumstances): ChoiceReason => {
  if (isOnly) return 'only-offer';
  if (!isWithin) return 'bound';
  return isByChance ? 'floor' : 'lowest-draw';
};
