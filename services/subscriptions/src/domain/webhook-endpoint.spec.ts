import { closedBreaker } from './circuit-breaker';
import type { Attempt } from './delivery';
import { afterAttempt, endpointStatus, rotated, signingNow } from './webhook-endpoint';

const start = Date.UTC(2026, 10, 28, 9);
const at = (hours: number): Date => new Date(start + hours * 3_600_000);
const DAY = 24 * 3_600_000;

describe('the secrets of an endpoint', () => {
  it('sign together while one takes the place of another, and then the new one alone', () => {
    const secrets = rotated([{ secret: 'old' }], 'new', { now: at(0), keepMs: DAY });
    expect(signingNow(secrets, at(23)).map(({ secret }) => secret)).toEqual(['new', 'old']);
    expect(signingNow(secrets, at(24)).map(({ secret }) => secret)).toEqual(['new']);
  });

  it('sign no more at once, where one of them is known to somebody else', () =>
    expect(rotated([{ secret: 'stolen' }], 'new', { now: at(0), keepMs: 0 })).toEqual([{ secret: 'new' }]));

  it('are three at most, and none is kept longer for being changed again', () => {
    const second = rotated([{ secret: '1' }], '2', { now: at(0), keepMs: DAY });
    const third = rotated(second, '3', { now: at(12), keepMs: DAY });
    expect(signingNow(third, at(25)).map(({ secret }) => secret)).toEqual(['3', '2']);
    expect(rotated(third, '4', { now: at(13), keepMs: DAY }).map(({ secret }) => secret)).toEqual(['4', '3', '2']);
  });
});

it('an endpoint is active, failing while its breaker is not closed, or paused, whatever its breaker says', () => {
  const open = { ...closedBreaker, openings: 1, openUntil: at(1).toISOString() };
  expect(endpointStatus({ breaker: closedBreaker }, at(0))).toBe('active');
  expect(endpointStatus({ breaker: open }, at(0))).toBe('failing');
  expect(endpointStatus({ breaker: open }, at(2))).toBe('failing');
  const pause = { at: at(0).toISOString(), cause: 'by-hand' as const, reason: 'A move.' };
  expect(endpointStatus({ breaker: open, pause }, at(0))).toBe('paused');
});

describe('an attempt', () => {
  const attemptWith = (status: number): Attempt => ({
    ...{ at: at(0).toISOString(), tookMs: 3, url: 'https://example.org' },
    answer: { status, headers: {}, body: '' },
  });
  const failing = { ...closedBreaker, failures: 40, failingSince: at(0).toISOString(), openings: 3, openUntil: at(1).toISOString() };

  it('that was taken closes the breaker', () => expect(afterAttempt(failing, attemptWith(204), at(1))).toEqual({ breaker: closedBreaker }));

  it('that was not counts, and pauses nothing by itself', () =>
    expect(afterAttempt(closedBreaker, attemptWith(500), at(0))).toEqual({
      breaker: { failures: 1, openings: 0, failingSince: at(0).toISOString() },
    }));

  it('pauses an endpoint that says that it is gone', () =>
    expect(afterAttempt(closedBreaker, attemptWith(410), at(0)).pause).toMatchObject({ cause: 'gone', at: at(0).toISOString() }));

  it('pauses an endpoint that has taken nothing for three days, and says since when and why', () => {
    expect(afterAttempt(failing, attemptWith(500), at(71)).pause).toBeUndefined();
    expect(afterAttempt(failing, attemptWith(500), at(72)).pause).toEqual({
      ...{ at: at(72).toISOString(), cause: 'failing' },
      reason: `It has taken nothing since ${at(0).toISOString()}: HTTP 500`,
    });
  });
});
