import type { Sealed } from '@cartage/contracts';
import { afterFailure, breakerState, closedBreaker, type CircuitBreaker } from './circuit-breaker';
import { isGone, isTaken, reasonOf, type Attempt } from './delivery';

/** Which events an endpoint is sent; what is left out is no condition, and of a list any one is enough. */
export interface WebhookFilter {
  readonly types?: readonly string[];
  readonly channels?: readonly string[];
}

/** Why nothing is sent: somebody has said so, the endpoint said that it is gone, or took nothing for too long. */
export const pauseCauses = ['by-hand', 'gone', 'failing'] as const;

export interface WebhookPause {
  readonly at: string;
  readonly cause: (typeof pauseCauses)[number];
  readonly reason: string;
}

/** Where events are sent. */
export interface WebhookEndpoint {
  readonly endpointId: string;
  readonly url: string;
  readonly note?: string;
  readonly filter: WebhookFilter;
  readonly madeAt: string;
  readonly madeBy: string;
  /** Events up to here were looked through. */
  readonly position: number;
  readonly breaker: CircuitBreaker;
  readonly pause?: WebhookPause;
  /** The signing secrets, in a box. */
  readonly secrets: Sealed;
}

export const endpointStatuses = ['active', 'failing', 'paused'] as const;
export type EndpointStatus = (typeof endpointStatuses)[number];

export const endpointStatus = ({ pause, breaker }: Pick<WebhookEndpoint, 'pause' | 'breaker'>, now: Date): EndpointStatus => {
  if (pause) return 'paused';
  return breakerState(breaker, now) === 'closed' ? 'active' : 'failing';
};

/** Whoever took nothing for so long is not tried any more until somebody says so. Nothing is lost: it goes on where it was. */
const PAUSED_AFTER_MS = 72 * 3_600_000;

/** What an attempt says of the endpoint, whatever becomes of the event. */
export const afterAttempt = (breaker: CircuitBreaker, attempt: Attempt, now: Date): Pick<WebhookEndpoint, 'breaker' | 'pause'> => {
  if (isTaken(attempt)) return { breaker: closedBreaker };
  const at = now.toISOString();
  const failed = afterFailure(breaker, now, reasonOf(attempt));
  if (isGone(attempt)) return { breaker: failed, pause: { at, cause: 'gone', reason: 'It answers HTTP 410: there is nothing any more.' } };
  const since = failed.failingSince ?? at;
  if (now.getTime() - Date.parse(since) < PAUSED_AFTER_MS) return { breaker: failed };
  return { breaker: failed, pause: { at, cause: 'failing', reason: `It has taken nothing since ${since}: ${reasonOf(attempt)}` } };
};

/** A secret that signs; until then, where another one has taken its place. */
export interface SigningSecret {
  readonly secret: string;
  readonly until?: string;
}

/** No receiver has to try more than so many. */
const MOST_SECRETS = 3;

/** Those that sign now, the newest first. */
export const signingNow = (secrets: readonly SigningSecret[], now: Date): readonly SigningSecret[] =>
  secrets.filter(({ until }) => until === undefined || now.toISOString() < until);

/** A new secret takes the place of the others, which go on signing beside it for a while. */
export const rotated = (
  secrets: readonly SigningSecret[],
  secret: string,
  { now, keepMs }: { readonly now: Date; readonly keepMs: number },
): readonly SigningSecret[] => {
  const end = new Date(now.getTime() + keepMs).toISOString();
  const ending = secrets.map((each) => ({ ...each, until: each.until !== undefined && each.until < end ? each.until : end }));
  return [{ secret }, ...signingNow(ending, now)].slice(0, MOST_SECRETS);
};
