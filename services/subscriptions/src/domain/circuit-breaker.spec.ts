import fc from 'fast-check';
import { afterFailure, breakerState, closedBreaker, FAILURES_TO_OPEN, roomIn, type CircuitBreaker } from './circuit-breaker';

const start = Date.UTC(2026, 10, 28, 9);
const at = (minutes: number): Date => new Date(start + minutes * 60_000);
const failed = (times: number, breaker: CircuitBreaker = closedBreaker): CircuitBreaker =>
  Array.from({ length: times }).reduce<CircuitBreaker>((each) => afterFailure(each, at(0), 'HTTP 500'), breaker);

describe('a circuit breaker', () => {
  it('lets everything through until so many failures in a row', () => {
    expect(roomIn(failed(FAILURES_TO_OPEN - 1), at(0), 8)).toBe(8);
    expect(roomIn(failed(FAILURES_TO_OPEN), at(0), 8)).toBe(0);
  });

  it('says why it is open, since when it fails, and until when nothing is tried', () =>
    expect(failed(FAILURES_TO_OPEN)).toEqual({
      ...{ failures: FAILURES_TO_OPEN, failingSince: at(0).toISOString(), openings: 1 },
      ...{ openUntil: at(1).toISOString(), reason: 'HTTP 500' },
    }));

  it('is then tried with one delivery at a time, and opens for longer when that fails', () => {
    const open = failed(FAILURES_TO_OPEN);
    expect([breakerState(open, at(1)), roomIn(open, at(1), 8)]).toEqual(['half-open', 1]);
    expect(afterFailure(open, at(1), 'no answer')).toMatchObject({ openings: 2, openUntil: at(3).toISOString(), reason: 'no answer' });
  });

  it('opens no longer for what was under way when it opened', () =>
    expect(failed(5, failed(FAILURES_TO_OPEN)).openUntil).toBe(failed(FAILURES_TO_OPEN).openUntil));

  it('is never open for more than an hour, however long it fails', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1 }), (gaps) => {
        let [breaker, minute] = [closedBreaker, 0];
        for (const gap of gaps) {
          minute += gap;
          breaker = afterFailure(breaker, at(minute), 'away');
          expect(Date.parse(breaker.openUntil ?? at(minute).toISOString())).toBeLessThanOrEqual(at(minute + 60).getTime());
        }
        expect(breaker.failures).toBe(gaps.length);
      }),
    );
  });
});
