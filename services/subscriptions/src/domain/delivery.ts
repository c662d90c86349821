export const deliveryStatuses = ['waiting', 'delivered', 'given-up'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event on its way to one endpoint. */
export interface Delivery {
  /** The `webhook-id`: the same however often it is sent. */
  readonly deliveryId: string;
  readonly endpointId: string;
  /** The event's place among all events. */
  readonly position: number;
  /** Attempts since it was entered, or since somebody had it sent again: this one counted. */
  readonly tries: number;
  /** Attempts of all. */
  readonly attempts: number;
  /** The first of these tries. */
  readonly firstTriedAt: string;
}

/** What came of one attempt. */
export interface Attempt {
  readonly at: string;
  readonly tookMs: number;
  /** Where it was sent. */
  readonly url: string;
  /** What was answered; absent: nobody answered. */
  readonly answer?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };
  /** Why there is no answer. */
  readonly failure?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After so long an event is given up: whoever was away over a weekend misses nothing. */
export const GIVEN_UP_AFTER_MS = 72 * HOUR;

const PAUSES = [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
const LONGEST_PAUSE = 8 * HOUR;

/** The receiver has said that there is nothing any more. */
const GONE = 410;

export const isTaken = ({ answer }: Attempt): boolean => answer !== undefined && answer.status >= 200 && answer.status < 300;
export const isGone = ({ answer }: Attempt): boolean => answer?.status === GONE;

/** Why it was not taken, for people. */
export const reasonOf = ({ answer, failure = 'nobody answered' }: Attempt): string => (answer ? `HTTP ${answer.status}` : failure);

/** How long the receiver wants to be left alone (`Retry-After`), in milliseconds: as long as it says, and never longer than the longest pause. */
export const wantedPause = ({ answer }: Attempt, now: Date): number => {
  const said = answer?.headers['retry-after'];
  if (said === undefined) return 0;
  const ms = /^\d{1,9}$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_PAUSE) : 0;
};

/** How it goes on with a delivery. */
export type Verdict = { readonly status: 'delivered' | 'given-up' } | { readonly status: 'waiting'; readonly nextAt: string };

/** Tried again with growing pauses, for the last time when the three days are over. */
export const verdictOn = ({ tries, firstTriedAt }: Pick<Delivery, 'tries' | 'firstTriedAt'>, attempt: Attempt, now: Date): Verdict => {
  if (isTaken(attempt)) return { status: 'delivered' };
  const end = Date.parse(firstTriedAt) + GIVEN_UP_AFTER_MS;
  if (now.getTime() >= end) return { status: 'given-up' };
  const pause = Math.max(PAUSES[tries - 1] ?? LONGEST_PAUSE, wantedPause(attempt, now));
  return { status: 'waiting', nextAt: new Date(Math.min(now.getTime() + pause, end)).toISOString() };
};
