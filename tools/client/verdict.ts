/** What a check looked at, and how much of it is not as it should be. */
export interface Verdict {
  readonly of: number;
  readonly wrong: number;
}

/** Exit code of a program that checks: 1 where something is wrong, and where none of its checks had anything to look at: it would have found nothing in any case. */
export const codeOf = (verdicts: readonly Verdict[]): 0 | 1 =>
  verdicts.every(({ wrong }) => wrong === 0) && verdicts.some(({ of }) => of > 0) ? 0 : 1;

/** In place of a check's verdict where there was nothing to look at. */
export const notShown = 'not shown, for there was nothing to look at';
