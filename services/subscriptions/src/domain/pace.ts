/** What was asked of a process in a while: how many commands it has answered, and how long one took on the whole. */
export interface Served {
  readonly count: number;
  readonly meanMs: number;
}

/**
 * How much of what they may go replays go in this process: never so much that whoever commands something waits noticeably longer for it. What is noticeable is measured, not set: in one window of
 * some, replays rest, and what a command takes then is what it takes without them.
 */
export interface Pace {
  /** From almost nothing to 1. */
  readonly share: number;
  /** Windows since somebody commanded something; 0 where nobody does. */
  readonly windows: number;
  /** What a command takes while replays rest, and while they go on; absent: not known yet. */
  readonly alone?: number;
  readonly beside?: number;
}

/** With little, which becomes more as long as nobody notices. */
export const slowly: Pace = { share: 0.1, windows: 0 };

const RESTS_EACH = 4;
const LEAST = 0.01;
/** So much longer a command may take. The last one of a hundred is later by somewhat more than all of them. */
const NOTICEABLE = 1.05;
/** What a window says is not all of the truth: there are few commands in it. */
const WEIGHT = 0.3;
const [LESS, MORE, MUCH_MORE] = [0.8, 1.15, 2];

/** Whether replays rest in this window. */
export const rests = ({ windows }: Pace): boolean => windows > 0 && windows % RESTS_EACH === 1;

const blended = (known: number | undefined, meanMs: number): number => (known === undefined ? meanMs : known + WEIGHT * (meanMs - known));

const within = (share: number): number => Math.min(1, Math.max(LEAST, share));

const adjusted = (pace: Pace): Pace => {
  const { alone, beside, share } = pace;
  if (alone === undefined || beside === undefined) return pace;
  return { ...pace, share: within(share * (beside > alone * NOTICEABLE ? LESS : MORE)) };
};

/** After a window. Whoever comes when nobody was there before meets a replay that begins with little, too. */
export const paced = (pace: Pace, { count, meanMs }: Served): Pace => {
  if (count === 0) return { share: within(pace.share * MUCH_MORE), windows: 0 };
  const begins = pace.windows === 0;
  const windows = pace.windows + 1;
  if (begins) return { share: Math.min(pace.share, slowly.share), windows };
  if (rests(pace)) return { ...pace, windows, alone: blended(pace.alone, meanMs) };
  return adjusted({ ...pace, windows, beside: blended(pace.beside, meanMs) });
};

/** What goes at once, and how long until the next: little and often, because what goes in one heap holds up whoever comes meanwhile. */
export const sliceOf = (rate: number, share: number): { readonly most: number; readonly everyMs: number } => {
  const perSecond = Math.max(rate * share, Math.min(rate, 1));
  return perSecond < PIECES
    ? { most: Math.max(1, Math.floor(perSecond)), everyMs: 1_000 }
    : { most: Math.floor(perSecond / PIECES), everyMs: 1_000 / PIECES };
};

const PIECES = 10;
