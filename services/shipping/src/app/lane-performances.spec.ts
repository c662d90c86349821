import { eventually } from '@cartage/testkit';
import type { LaneOutcomes } from '../domain/lane-performance';
import { LanePerformances } from './lane-performances';

const lane = { location: 'LDN', country: 'DE', carrier: 'post', service: 'standard' };

/** Outcomes that a case has in hand, and a clock. */
const setUp = () => {
  let [time, asked] = [0, 0];
  let answer = async (): Promise<readonly LaneOutcomes[]> => [{ ...lane, parcels: 100, kept: 50 }];
  const performances = new LanePerformances({
    outcomes: () => ((asked += 1), answer()),
    trust: { enough: 20, prior: 0 },
    now: () => new Date(time),
  });
  return {
    share: () => performances.current()(lane)?.share,
    asked: () => asked,
    pass: (minutes: number) => (time += minutes * 60_000),
    answers: (next: typeof answer) => (answer = next),
    performances,
  };
};

describe('what is known of lanes', () => {
  it('is there at once, whatever it was, and is asked for anew once it is old', async () => {
    const { share, asked, pass, answers, performances } = setUp();
    await performances.renew();
    expect([share(), share(), asked()]).toEqual([5_000, 5_000, 1]);
    answers(async () => [{ ...lane, parcels: 100, kept: 90 }]);
    pass(14);
    expect([share(), asked()]).toEqual([5_000, 1]);
    pass(1);
    expect([share(), share(), asked()]).toEqual([5_000, 5_000, 2]);
    await eventually(async () => expect(share()).toBe(9_000));
  });

  it('stays what it was while it cannot be read, and is asked for again after a while only', async () => {
    const { share, asked, pass, answers, performances } = setUp();
    await performances.renew();
    answers(() => Promise.reject(new Error('no line')));
    pass(15);
    expect([share(), share(), asked()]).toEqual([5_000, 5_000, 2]);
    pass(15);
    expect([share(), asked()]).toEqual([5_000, 3]);
  });
});
