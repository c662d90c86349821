import { LearnedCarriers, type Allowance, type CarrierModel, type LearnedChoice, type Random, type ToChoose } from './carrier-learning';
import { laneName, serviceName, type CarrierLearning } from './learned-choice';

/* How carriers do, learned from shipping's own log, fact by fact: the same facts make the same model, wherever it paused in between. */

interface Fact {
  /** Of the event in the log. */
  readonly position: string;
  /** When the log took it in: what others say of time may be mistyped. */
  readonly recordedAt: string;
}

/** A shipment that was delivered as a whole, or of which a parcel is lost or comes back. */
export interface EndedFact extends Fact {
  readonly step: 'ended';
  readonly location: string;
  readonly country: string;
  readonly carrier: string;
  readonly service: string;
  readonly end: 'delivered' | 'lost';
  readonly daysLate: number;
}

/** A choice that looked at what was learned: what it adds to the bound, and spends of it. */
export interface ChosenFact extends Fact, Allowance {
  readonly step: 'chosen';
}

export type CarrierFact = EndedFact | ChosenFact;

/** Everything that was learned up to a position: enough to go on from there. */
export interface LearnedModel extends CarrierModel {
  readonly position: string;
}

const DAY_MS = 86_400_000;

export class CarrierLearner implements CarrierLearning {
  private readonly carriers: LearnedCarriers;
  private at: string;

  constructor(model?: LearnedModel) {
    this.carriers = new LearnedCarriers(model);
    this.at = model?.position ?? '';
  }

  get position(): string {
    return this.at;
  }

  get model(): LearnedModel {
    return { ...this.carriers.model, position: this.at };
  }

  learn(fact: CarrierFact): void {
    this.at = fact.position;
    if (fact.step === 'chosen') return this.carriers.decided(fact);
    const { end, daysLate } = fact;
    const day = Math.floor(Date.parse(fact.recordedAt) / DAY_MS);
    this.carriers.learn({ lane: laneName(fact), service: serviceName(fact) }, { day, end, daysLate });
  }

  choose(asked: ToChoose, random: Random): LearnedChoice {
    return this.carriers.choose(asked, random);
  }
}
