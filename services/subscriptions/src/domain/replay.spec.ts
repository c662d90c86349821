import fc from 'fast-check';
import { advanced, allowance, progressOf, settled, type Replay } from './replay';

const now = new Date('2026-11-28T09:00:00.000Z');
const replay: Replay = {
  ...{ replayId: 'r', endpointId: 'e', filter: {}, after: 10, upTo: 50, rate: 20, askedAt: now.toISOString(), askedBy: 'ops' },
  ...{ status: 'running', position: 10, entered: 0 },
};

describe('a replay', () => {
  it('enters no more in a second than its rate, and nothing while a hundred wait', () => {
    expect([0, 90, 100, 5_000].map((waiting) => allowance(20, waiting))).toEqual([20, 10, 0, 0]);
  });

  it('goes on behind the last that was entered, or where it has looked', () => {
    expect(advanced(replay, { positions: [11, 14, 20], more: true, upTo: 50 })).toMatchObject({ position: 20, entered: 3 });
    expect(advanced(replay, { positions: [11], more: false, upTo: 50 })).toMatchObject({ position: 50, entered: 1 });
    expect(advanced(replay, { positions: [], more: true, upTo: 50 })).toMatchObject({ position: 10, entered: 0 });
  });

  it('is complete when all was looked through and nothing waits', () => {
    expect(settled({ ...replay, position: 50 }, 1, now).status).toBe('running');
    expect(settled({ ...replay, position: 49 }, 0, now).status).toBe('running');
    expect(settled({ ...replay, position: 50 }, 0, now)).toMatchObject({ status: 'complete', endedAt: now.toISOString() });
  });

  it('says how far it is', () => {
    expect([progressOf(replay), progressOf({ ...replay, position: 20 }), progressOf({ ...replay, position: 50 })]).toEqual([0, 0.25, 1]);
    expect(progressOf({ after: 3, upTo: 3, position: 3 })).toBe(1);
  });

  it('enters every event of its range once, in order, whatever its rate, what waits, and which are of interest', () => {
    const terms = fc.record({ rate: fc.integer({ min: 1, max: 9 }), wanted: fc.uniqueArray(fc.integer({ min: 11, max: 50 })) });
    fc.assert(
      fc.property(terms, fc.array(fc.nat(1_100), { minLength: 1 }), ({ rate, wanted }, waits) => {
        const sorted = wanted.toSorted((a, b) => a - b);
        const entered: number[] = [];
        let current: Replay = { ...replay, rate };
        for (let step = 0; current.position < current.upTo && step < 500; step += 1) {
          const limit = allowance(current.rate, step < waits.length ? (waits[step] ?? 0) : 0);
          const positions = sorted.filter((each) => each > current.position).slice(0, limit);
          entered.push(...positions);
          current = advanced(current, { positions, more: positions.length === limit, upTo: current.upTo });
        }
        expect(entered).toEqual(sorted);
        expect(current).toMatchObject({ position: 50, entered: sorted.length });
      }),
    );
  });
});
