import fc from 'fast-check';
import { paced, rests, sliceOf, slowly, type Pace, type Served } from './pace';

/** What a command takes while so much of a replay goes on: the more it disturbs, the more. */
const served = (pace: Pace, disturbing: number, aloneMs = 10): Served => ({
  count: 60,
  meanMs: aloneMs * (rests(pace) ? 1 : 1 + disturbing * pace.share),
});

const after = (windows: number, of: (pace: Pace) => Served, from = slowly): readonly Pace[] => {
  const paces = [from];
  for (let n = 0; n < windows; n += 1) paces.push(paced(paces.at(-1) ?? from, of(paces.at(-1) ?? from)));
  return paces;
};

describe('the pace of replays', () => {
  it('is all that they may, and never rests, while nobody commands anything', () => {
    const paces = after(8, () => ({ count: 0, meanMs: 0 }));
    expect(paces.at(-1)).toEqual({ share: 1, windows: 0 });
    expect(paces.some(rests)).toBe(false);
  });

  it('is little again as soon as somebody comes, until it is known what they may', () => {
    const idle: Pace = { share: 1, windows: 0 };
    const [, first, second] = after(2, (pace) => served(pace, 2), idle);
    expect([first?.share, first && rests(first), second?.share]).toEqual([0.1, true, 0.1]);
  });

  it('becomes all where nobody notices it', () => expect(after(60, (pace) => served(pace, 0.01)).at(-1)?.share).toBe(1));

  it('becomes more again when a machine that was busy with something else is not any more', () => {
    const pressed = after(60, (pace) => served(pace, 5)).at(-1) ?? slowly;
    expect(pressed.share).toBeLessThan(0.05);
    expect(after(80, (pace) => served(pace, 0.01), pressed).at(-1)?.share).toBe(1);
  });

  it('rests in one window of four, and is never nothing and never more than all', () => {
    const disturbing = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(disturbing, fc.double({ min: 0.1, max: 1_000, noNaN: true }), (much, aloneMs) => {
        const paces = after(41, (pace) => served(pace, much, aloneMs)).slice(1, 41);
        expect(paces.filter(rests)).toHaveLength(10);
        expect(paces.every(({ share }) => share >= 0.01 && share <= 1)).toBe(true);
      }),
    );
  });

  it('makes a command take hardly longer than it takes without, however much a replay disturbs and however fast the machine is', () => {
    const disturbing = fc.double({ min: 0, max: 4, noNaN: true });
    fc.assert(
      fc.property(disturbing, fc.double({ min: 0.1, max: 1_000, noNaN: true }), (much, aloneMs) => {
        const settled = after(200, (pace) => served(pace, much, aloneMs)).slice(100);
        const longer = settled.map((pace) => served(pace, much, aloneMs).meanMs / aloneMs);
        expect(longer.reduce((sum, each) => sum + each, 0) / longer.length).toBeLessThan(1.06);
      }),
    );
  });
});

describe('what goes at once', () => {
  it('is a tenth of a second’s worth, or the whole of little', () => {
    expect([sliceOf(500, 1), sliceOf(500, 0.1), sliceOf(7, 1), sliceOf(50, 0.01), sliceOf(1, 0.01)]).toEqual([
      ...[
        { most: 50, everyMs: 100 },
        { most: 5, everyMs: 100 },
        { most: 7, everyMs: 1_000 },
      ],
      ...[
        { most: 1, everyMs: 1_000 },
        { most: 1, everyMs: 1_000 },
      ],
    ]);
  });

  it('is in a second never more than what it may', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (rate, share) => {
        const { most, everyMs } = sliceOf(rate, share);
        expect((most * 1_000) / everyMs).toBeLessThanOrEqual(Math.max(rate * share, 1));
        expect(most).toBeGreaterThan(0);
      }),
    );
  });
});
