import { durationsOf, stepTimes } from './steps';

const at = (step: string, ms: number) => ({ step, recordedAt: new Date(1_000_000 + ms).toISOString() });

describe('the steps of an order', () => {
  it('each take the time since the stage before, and stages that did not happen are left out', () =>
    expect(durationsOf([at('placed', 0), at('reserved', 5), at('confirmed', 10), at('packed', 40), at('packed', 90)])).toEqual([
      ['confirmed', 10],
      ['packed', 30],
    ]));

  it('are told slowest first, by median and 95th percentile', () => {
    const timelines = [10, 20, 30].map((ms) => [at('placed', 0), at('confirmed', ms), at('packed', ms + 5)]);
    expect(stepTimes(timelines).map(({ step, count, medianMs, p95Ms }) => [step, count, medianMs, p95Ms])).toEqual([
      ['confirmed', 3, 20, 30],
      ['packed', 3, 5, 5],
    ]);
  });
});
