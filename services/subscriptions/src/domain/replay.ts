export const replayStatuses = ['running', 'complete', 'cancelled'] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

/** Which events: of a list any one is enough, and what is left out is no condition. */
export interface ReplayFilter {
  readonly types?: readonly string[];
  readonly orders?: readonly string[];
  readonly channels?: readonly string[];
  /** Recorded then or later. */
  readonly from?: string;
  /** Recorded before then. */
  readonly to?: string;
}

/** Events that are sent to an endpoint once more. */
export interface Replay {
  readonly replayId: string;
  readonly endpointId: string;
  readonly filter: ReplayFilter;
  /** Those behind this position, up to that one. */
  readonly after: number;
  readonly upTo: number;
  /** In a second, at most. */
  readonly rate: number;
  readonly note?: string;
  readonly askedAt: string;
  readonly askedBy: string;
  readonly status: ReplayStatus;
  /** Events up to here were looked through. */
  readonly position: number;
  /** So many were entered to be sent. */
  readonly entered: number;
  readonly endedAt?: string;
}

/** So many wait at once, of one replay: whoever takes less is not buried. */
const MOST_WAITING = 1_000;

/** How many more may be entered in this second. */
export const allowance = ({ rate }: Pick<Replay, 'rate'>, waiting: number): number => Math.max(0, Math.min(rate, MOST_WAITING - waiting));

/** What was found when it was looked for more. */
export interface Found {
  /** The positions of what is entered, in their order. */
  readonly positions: readonly number[];
  /** No more than so many were looked for. */
  readonly limit: number;
  /** It was looked up to here. */
  readonly upTo: number;
}

/** Once more was entered: what was not looked for is looked for next time. */
export const advanced = (replay: Replay, { positions, limit, upTo }: Found): Replay => ({
  ...replay,
  position: positions.length < limit ? upTo : (positions.at(-1) ?? replay.position),
  entered: replay.entered + positions.length,
});

/** Complete when everything was looked through and nothing waits any more. */
export const settled = (replay: Replay, waiting: number, now: Date): Replay =>
  replay.position >= replay.upTo && waiting === 0 ? { ...replay, status: 'complete', endedAt: now.toISOString() } : replay;

/** How much of its range was looked through, from 0 to 1. */
export const progressOf = ({ after, upTo, position }: Pick<Replay, 'after' | 'upTo' | 'position'>): number =>
  upTo <= after ? 1 : Math.round(((position - after) / (upTo - after)) * 1_000) / 1_000;
