/** How far the share may move: beyond, a promise is the longest that was ever seen, or a coin. */
const [LEAST, MOST] = [0.3, 0.995];
/** What all open promises together may move it by, if all of them turn out alike, and the most that one alone may. */
const STEP_OF_ALL = 0.1;
const MOST_STEP = 0.005;

/** How far it came: enough to go on from there. */
export interface AdaptedShare {
  readonly share: number;
  readonly open: number;
}

/**
 * The share of deliveries that is asked for, so that the share that was promised is kept though lanes change (adaptive conformal inference: Gibbs and Candès 2021).
 * Each late promise raises it by the step times the share that may be kept, each one in time lowers it by the step times the share that may be late. Whether a promise
 * was kept is known late: the more promises are open, the smaller is the step, or thousands that were made by the same share would all move it
 * before one shows what that did, and it would swing from end to end.
 */
export class AdaptiveShare {
  private share: number;
  private open: number;

  constructor(
    private readonly target: number,
    { share = target, open = 0 }: Partial<AdaptedShare> = {},
  ) {
    [this.share, this.open] = [share, open];
  }

  get now(): number {
    return this.share;
  }

  get state(): AdaptedShare {
    return { share: this.share, open: this.open };
  }

  promise(): void {
    this.open += 1;
  }

  /** Of a promise nobody will ever know how it ended. */
  forget(): void {
    this.open = Math.max(0, this.open - 1);
  }

  learn(isLate: boolean): void {
    const step = Math.min(MOST_STEP, STEP_OF_ALL / Math.max(1, this.open));
    this.forget();
    this.share = Math.min(MOST, Math.max(LEAST, this.share + step * ((isLate ? 1 : 0) - (1 - this.target))));
  }
}
