import type { Outcome } from './load';
import { countsOf, overloadText, sheds, wrongAnswers, type Overload } from './report';

const taken: Outcome = { status: 201, ms: 40, retryAfter: false, orderId: 'o-1' };
const shed: Outcome = { status: 503, ms: 2, retryAfter: true };

describe('the answers under overload', () => {
  it('are right where each is taken, or turned away with 503 and a time to come again', () => {
    expect(wrongAnswers([taken, shed])).toEqual([]);
    expect(sheds([taken, shed])).toEqual([]);
  });

  it('are wrong otherwise, each kind in a line', () => {
    const broken = [{ ...shed, retryAfter: false }, { ...shed, status: 500 }, { ...shed, status: 0 }, taken];
    expect(wrongAnswers(broken)).toEqual(['1 were turned away with 503 and without Retry-After', '1 were answered 500', '1 had no answer']);
  });

  it('show no overload where nothing was turned away, and no shedding where nothing was taken', () => {
    expect(sheds([taken])).toHaveLength(1);
    expect(sheds([shed])).toEqual(['nothing was accepted any more']);
  });
});

it('is told with its figures, and the counts last', () => {
  const overload: Overload = {
    ...{
      maxRequests: 200,
      capacity: 150,
      offered: 300,
      seconds: 15,
      outcomes: [taken, shed],
      recoveredMs: 80,
      completedSeconds: 90,
      accepted: 1,
    },
    checks: [
      { name: 'it sheds', things: 'orders', of: 2, breaches: [], seconds: 0 },
      { name: 'it recovers', things: 'orders', of: 2, breaches: ['no order was taken'], seconds: 0 },
      { name: 'what it took completes', things: 'accepted orders', of: 0, breaches: [], seconds: 0 },
    ],
  };
  const text = overloadText(overload);
  expect(text).toContain('300 orders a second were offered for 15 s to one that takes 150');
  expect(text).toMatch(/turned away with 503 +1 +2 ms/);
  expect(text).toContain('BROKEN     it recovers, of 2 orders');
  expect(text).toContain('NOT SHOWN  what it took completes, for there were no accepted orders to look at');
  expect(text.split('\n').at(-1)).toBe('1 passed, 2 failed, 0 skipped');
  expect(countsOf(overload)).toEqual({ passed: 1, failed: 2 });
});
