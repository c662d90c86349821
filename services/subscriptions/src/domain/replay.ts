import type { About } from './about';

export const replayStatuses = ['running', 'complete', 'cancelled'] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

/** Which events: of a list any one is enough, and what is left out is no condition. */
export interface ReplayFilter extends About {
  readonly types?: readonly string[];
  readonly orders?: readonly string[];
  readonly channels?: readonly string[];
  /** Recorded then or later. */
  readonly from?: string;
  /** Recorded before then. */
  readonly to?: string;
}

/** Events that are sent once more: to a webhook endpoint, or to a topic. */
export interface Replay {
  readonly replayId: string;
  readonly endpointId?: string;
  readonly topic?: string;
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
  /** So many were entered to be sent; to a topic, so many were sent. */
  readonly entered: number;
  /** Of a topic: so many Kafka will never take. */
  readonly refused?: number;
  /** Of a topic: why it does not go on, and is tried again. */
  readonly failure?: string;
  readonly endedAt?: string;
}

/** So many wait at once, of one replay: whoever takes less is not buried, and a replay that has to go slower does so at once. */
const MOST_WAITING = 100;

/** How many more may be entered now, of so many that it may go on with. */
export const allowance = (most: number, waiting: number): number => Math.max(0, Math.min(most, MOST_WAITING - waiting));

/** What was found when it was looked for more. */
export interface Found {
  /** The positions of what is entered, in their order. */
  readonly positions: readonly number[];
  /** Whether there may be more behind the last of them. */
  readonly more: boolean;
  /** It was looked up to here. */
  readonly upTo: number;
}

/** Once more was entered: what was not looked for is looked for next time. */
export const advanced = (replay: Replay, { positions, more, upTo }: Found): Replay => ({
  ...replay,
  position: more ? (positions.at(-1) ?? replay.position) : upTo,
  entered: replay.entered + positions.length,
});

/** Complete when everything was looked through and nothing waits any more. */
export const settled = (replay: Replay, waiting: number, now: Date): Replay =>
  replay.position >= replay.upTo && waiting === 0 ? { ...replay, status: 'complete', endedAt: now.toISOString() } : replay;

/** So many go to a topic in one piece, after which it is kept how far it is. */
const PIECE = 500;

/** What a topic is sent in this second, of so many: pieces. */
export const piecesOf = (rate: number): readonly number[] =>
  Array.from({ length: Math.ceil(rate / PIECE) }, (_, i) => Math.min(PIECE, rate - i * PIECE));

/** How much of its range was looked through, from 0 to 1. */
export const progressOf = ({ after, upTo, position }: Pick<Replay, 'after' | 'upTo' | 'position'>): number =>
  upTo <= after ? 1 : Math.round(((position - after) / (upTo - after)) * 1_000) / 1_000;
