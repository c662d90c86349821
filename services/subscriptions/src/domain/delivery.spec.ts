import fc from 'fast-check';
import { GIVEN_UP_AFTER_MS, reasonOf, verdictOn, type Attempt } from './delivery';

const start = Date.UTC(2026, 10, 28, 9);
const at = (ms: number): Date => new Date(start + ms);
const attemptWith = (status: number, headers: Readonly<Record<string, string>> = {}): Attempt => ({
  ...{ at: at(0).toISOString(), tookMs: 4, url: 'https://example.org' },
  answer: { status, headers, body: '' },
});
const unanswered: Attempt = { at: at(0).toISOString(), tookMs: 4, url: 'https://example.org', failure: 'ECONNREFUSED' };
const first = { tries: 1, firstTriedAt: at(0).toISOString() };
const HOUR = 3_600_000;

describe('a delivery', () => {
  it.each([200, 202, 204, 299])('is done when the receiver answers %d', (status) =>
    expect(verdictOn(first, attemptWith(status), at(0))).toEqual({ status: 'delivered' }),
  );

  it.each([301, 307, 400, 404, 410, 500, 503])('is tried again when it answers %d, which may be mended', (status) => {
    expect(verdictOn(first, attemptWith(status), at(0))).toEqual({ status: 'waiting', nextAt: at(5_000).toISOString() });
    expect(reasonOf(attemptWith(status))).toBe(`HTTP ${status}`);
  });

  it('is tried again when nobody answers', () =>
    expect(verdictOn(first, unanswered, at(0))).toEqual({ status: 'waiting', nextAt: at(5_000).toISOString() }));

  it.each<[string, number]>([
    ['120', 120_000],
    [at(90_000).toUTCString(), 90_000],
    ['1', 5_000],
    ['never', 5_000],
    ['999999999', 8 * HOUR],
  ])('waits for as long as the receiver says, within reason: Retry-After %s', (value, ms) =>
    expect(verdictOn(first, attemptWith(429, { 'retry-after': value }), at(0))).toEqual({
      status: 'waiting',
      nextAt: at(ms).toISOString(),
    }),
  );

  it('is given up after three days, at the last of eighteen attempts, each pause no shorter than the one before', () => {
    const pauses: number[] = [];
    let [now, tries] = [0, 1];
    for (;;) {
      const verdict = verdictOn({ ...first, tries }, unanswered, at(now));
      if (verdict.status !== 'waiting') {
        expect(verdict.status).toBe('given-up');
        break;
      }
      pauses.push(Date.parse(verdict.nextAt) - start - now);
      now = Date.parse(verdict.nextAt) - start;
      tries += 1;
    }
    expect(now).toBe(GIVEN_UP_AFTER_MS);
    expect(pauses.slice(0, -1)).toEqual(pauses.slice(0, -1).toSorted((a, b) => a - b));
    expect(tries).toBe(18);
  });

  it('never waits beyond its end, whatever the receiver says and however late it is tried', () => {
    const anyAnswer = fc.record({ status: fc.integer({ min: 300, max: 599 }), after: fc.string() });
    fc.assert(
      fc.property(anyAnswer, fc.nat(400 * HOUR), fc.integer({ min: 1, max: 99 }), ({ status, after }, ms, tries) => {
        const verdict = verdictOn({ ...first, tries }, attemptWith(status, { 'retry-after': after }), at(ms));
        expect(verdict.status).toBe(ms >= GIVEN_UP_AFTER_MS ? 'given-up' : 'waiting');
        if (verdict.status === 'waiting') {
          expect(Date.parse(verdict.nextAt)).toBeGreaterThan(at(ms).getTime());
          expect(Date.parse(verdict.nextAt)).toBeLessThanOrEqual(at(GIVEN_UP_AFTER_MS).getTime());
        }
      }),
    );
  });
});
