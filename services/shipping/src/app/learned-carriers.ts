import { CarrierLearner, type CarrierFact, type LearnedModel } from '../domain/carrier-learner';
import type { CarrierLearning } from '../domain/learned-choice';

/** What is learned from, in the order of the log; and how far it was learned, so that nobody has to begin at the beginning. */
export interface CarrierFactLog {
  /** Facts after a position. */
  after(position: string, limit: number): Promise<readonly CarrierFact[]>;
  /** The newest that was kept, if the log that it was learned from is still that log. */
  kept(): Promise<LearnedModel | undefined>;
  /** The newest of what several processes keep counts. */
  keep(model: LearnedModel): Promise<void>;
}

export interface LearnedCarriersNeeds {
  readonly log: CarrierFactLog;
  readonly now: () => Date;
  /** What happened may be known so much later. */
  readonly forMs: number;
}

const AT_ONCE = 2_000;

/** The model in memory: no label waits for a table. What is asked is answered by what is known, and what has happened since is learned meanwhile. */
export class CarrierShelf {
  private learner = new CarrierLearner();
  private isLoaded = false;
  private unkept = 0;
  private learnedAt = Number.NEGATIVE_INFINITY;
  private learning: Promise<void> | undefined;

  constructor(private readonly needs: LearnedCarriersNeeds) {}

  readonly current = (): CarrierLearning => {
    const isOld = this.needs.now().getTime() - this.learnedAt >= this.needs.forMs;
    // What could not be read is read again by whoever asks next; until then what is known holds.
    if (isOld) this.caughtUp().catch(() => undefined);
    return this.learner;
  };

  get model(): LearnedModel {
    return this.learner.model;
  }

  /** Learns everything that is there. Whoever asks while it learns waits for that. */
  readonly caughtUp = (): Promise<void> => {
    this.learning ??= this.learn().finally(() => (this.learning = undefined));
    return this.learning;
  };

  private async learn(): Promise<void> {
    const { log, now } = this.needs;
    const at = now().getTime();
    if (!this.isLoaded) this.learner = new CarrierLearner(await log.kept());
    this.isLoaded = true;
    let facts: readonly CarrierFact[];
    do {
      facts = await log.after(this.learner.position, AT_ONCE);
      for (const fact of facts) this.learner.learn(fact);
      await this.keep(facts.length);
    } while (facts.length === AT_ONCE);
    this.learnedAt = at;
  }

  private async keep(learned: number): Promise<void> {
    this.unkept += learned;
    if (this.unkept < AT_ONCE) return;
    await this.needs.log.keep(this.learner.model);
    this.unkept = 0;
  }
}
