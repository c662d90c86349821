import { TransitLearner, type TransitFact, type TransitModel } from '../../domain/transit-learner';
import type { ParcelWay, TransitQuote, TransitTimes } from '../../domain/promising/transit';

/** What is learned from, in the order of the log; and how far it was learned, so that nobody has to begin at the beginning. */
export interface TransitLog {
  /** Facts after a position. */
  after(position: string, limit: number): Promise<readonly TransitFact[]>;
  /** The newest that was kept, if the log that it was learned from is still that log. */
  kept(): Promise<TransitModel | undefined>;
  /** The newest of what several processes keep counts. */
  keep(model: TransitModel): Promise<void>;
}

export interface TransitShelfNeeds {
  readonly log: TransitLog;
  readonly now: () => Date;
  /** What happened may be known so much later. */
  readonly forMs: number;
}

export interface TransitShelf extends TransitTimes {
  /** Learns everything that is there. */
  readonly caughtUp: () => Promise<void>;
  readonly model: () => TransitModel;
}

const AT_ONCE = 2_000;

/** The model in memory: no promise asks a table. What is asked is answered by what is known, and what has happened since is learned meanwhile. */
class Shelf implements TransitShelf {
  private learner = new TransitLearner();
  private isLoaded = false;
  private unkept = 0;
  private learnedAt = Number.NEGATIVE_INFINITY;
  private learning: Promise<void> | undefined;

  constructor(private readonly needs: TransitShelfNeeds) {}

  readonly quote = (way: ParcelWay, percent: number): TransitQuote | undefined => {
    const isOld = this.needs.now().getTime() - this.learnedAt >= this.needs.forMs;
    // What could not be read is read again by whoever asks next; until then what is known holds.
    if (isOld) this.caughtUp().catch(() => undefined);
    return this.learner.quote(way, percent);
  };

  readonly model = (): TransitModel => this.learner.model;

  /** Whoever asks while it learns waits for that. */
  readonly caughtUp = (): Promise<void> => {
    this.learning ??= this.learn().finally(() => (this.learning = undefined));
    return this.learning;
  };

  private async learn(): Promise<void> {
    const { log, now } = this.needs;
    const at = now().getTime();
    if (!this.isLoaded) this.learner = new TransitLearner(await log.kept());
    this.isLoaded = true;
    let facts: readonly TransitFact[];
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

export const transitShelf = (needs: TransitShelfNeeds): TransitShelf => new Shelf(needs);
