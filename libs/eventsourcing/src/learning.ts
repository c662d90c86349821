import { hasPassed } from './clock';

/** Learns from facts, in the order of a log: the same facts make the same model, wherever it paused in between. */
export interface Learner<Fact, Model> {
  /** Of the last fact that it learned from; empty before the first. */
  readonly position: string;
  /** Enough to go on from there. */
  readonly model: Model;
  learn(fact: Fact): void;
}

/** What is learned from, in the order of the log; and how far it was learned, so that nobody has to begin at the beginning. */
export interface LearningLog<Fact, Model> {
  /** Facts after a position. */
  after(position: string, limit: number): Promise<readonly Fact[]>;
  /** The newest that was kept, if the log that it was learned from is still that log. */
  kept(): Promise<Model | undefined>;
  /** The newest of what several processes keep counts. */
  keep(model: Model): Promise<void>;
}

export interface LearningNeeds<Fact, Model, Of extends Learner<Fact, Model>> {
  readonly log: LearningLog<Fact, Model>;
  /** Goes on from a model, or begins. */
  readonly begin: (model?: Model) => Of;
  readonly now: () => Date;
  /** What happened may be known so much later. */
  readonly forMs: number;
}

const AT_ONCE = 2_000;

/** A model in memory: nobody who asks it waits for a table. What is asked is answered by what is known, and what has happened since is learned meanwhile. */
export class Learning<Fact, Model, Of extends Learner<Fact, Model>> {
  private learner: Of;
  private isLoaded = false;
  private unkept = 0;
  private learnedAt = Number.NEGATIVE_INFINITY;
  private learning: Promise<void> | undefined;

  constructor(private readonly needs: LearningNeeds<Fact, Model, Of>) {
    this.learner = needs.begin();
  }

  readonly current = (): Of => {
    const isOld = hasPassed(this.needs.forMs, { since: this.learnedAt, now: this.needs.now().getTime() });
    // What could not be read is read again by whoever asks next; until then what is known holds.
    if (isOld) this.caughtUp().catch(() => undefined);
    return this.learner;
  };

  readonly model = (): Model => this.learner.model;

  /** Learns everything that is there. Whoever asks while it learns waits for that. */
  readonly caughtUp = (): Promise<void> => {
    this.learning ??= this.learn().finally(() => (this.learning = undefined));
    return this.learning;
  };

  private async learn(): Promise<void> {
    const { log, begin, now } = this.needs;
    const at = now().getTime();
    if (!this.isLoaded) this.learner = begin(await log.kept());
    this.isLoaded = true;
    let facts: readonly Fact[];
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
