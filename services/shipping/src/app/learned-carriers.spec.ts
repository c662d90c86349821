import { modelCardContract } from '@cartage/testkit';
import type { CarrierFact, LearnedModel } from '../domain/carrier-learner';
import { carrierCard } from './carrier-card';
import { carrierShelf, type CarrierFactLog } from './learned-carriers';

const factOf = (n: number): CarrierFact => ({
  ...{ step: 'ended', position: String(n).padStart(8, '0'), recordedAt: '2026-03-04T10:00:00.000Z', location: 'LON-1', country: 'GB' },
  ...{ carrier: 'post', service: 'standard', end: 'delivered', daysLate: n % 3 },
});

const logOf = () => {
  const facts: CarrierFact[] = [];
  let kept: LearnedModel | undefined;
  const reads: number[] = [];
  const log: CarrierFactLog = {
    after: async (position, limit) => {
      const found = facts.filter((fact) => fact.position > position).slice(0, limit);
      reads.push(found.length);
      return found;
    },
    kept: async () => kept,
    keep: async (model) => void (kept = model),
  };
  const happen = (count: number): void => {
    for (let n = 0; n < count; n += 1) facts.push(factOf(facts.length + 1));
  };
  return { log, reads, happen, kept: () => kept };
};

let time = 0;
const shelfOn = (log: CarrierFactLog) => carrierShelf({ log, now: () => new Date(time), forMs: 2_000 });

describe('what was learned of carriers, in memory', () => {
  it('is asked without waiting, and learns meanwhile what has happened since', async () => {
    const { log, happen } = logOf();
    const shelf = shelfOn(log);
    happen(30);
    await shelf.caughtUp();
    happen(10);
    time += 1_999;
    expect(shelf.current().position).toBe('00000030');
    time += 1;
    expect(shelf.current().position).toBe('00000030');
    await shelf.caughtUp();
    expect(shelf.current().position).toBe('00000040');
  });

  it('is the same in every process, whether it began at the beginning or where another one was', async () => {
    const { log, reads, happen, kept } = logOf();
    happen(4_500);
    const first = shelfOn(log);
    await first.caughtUp();
    expect(kept()?.position).toBe('00004000');
    happen(7);
    await first.caughtUp();
    reads.length = 0;
    const second = shelfOn(log);
    await second.caughtUp();
    expect(reads).toEqual([507]);
    expect(second.model()).toEqual(first.model());
  });

  it('stays as it is while the log cannot be read, and is tried again', async () => {
    const { log, happen } = logOf();
    happen(30);
    let isAway = true;
    const shelf = shelfOn({ ...log, after: async (...asked) => (isAway ? Promise.reject(new Error('away')) : log.after(...asked)) });
    expect(shelf.current().position).toBe('');
    await expect(shelf.caughtUp()).rejects.toThrow('away');
    isAway = false;
    await shelf.caughtUp();
    expect(shelf.current().position).toBe('00000030');
  });
});

describe('the card of what was learned of carriers', () => {
  const by = (late: number, expected: number) => ({ cost: 1, expected, ended: 20, late, lost: 1 });
  const item = { currency: 'GBP', labels: 10, decidedByLearned: 0, agreed: 2, baseline: by(5, 9_000), learned: by(3, 8_000) };

  const february = { month: '2026-02', currency: 'GBP', labels: 12, foretold: 150.4, happened: 180.6 };
  const cardOf = (
    shelf: ReturnType<typeof shelfOn>,
    { decides, items = [item] }: { readonly decides?: boolean; readonly items?: readonly (typeof item)[] } = {},
  ) => {
    const policy = { currency: 'GBP', lateDayCost: 1, lostCost: 1, floorPercent: 2, boundPercent: 5 };
    return carrierCard({
      learned: shelf,
      policy: async () => (decides === undefined ? undefined : { ...policy, decides }),
      compared: async () => ({ from: 'x', to: 'y', items }),
      months: async () => (items.length === 0 ? [] : [february]),
      since: async () => (shelf.current().position === '' ? null : '2026-03-01'),
    }).card();
  };

  modelCardContract('carriers', {
    fresh: () => cardOf(shelfOn(logOf().log), { items: [] }),
    learned: async () => {
      const { log, happen } = logOf();
      const shelf = shelfOn(log);
      happen(30);
      await shelf.caughtUp();
      return cardOf(shelf);
    },
  });

  it('says from what, whether it decides, and how choices by it came out beside those of the policy', async () => {
    const { log, happen } = logOf();
    const shelf = shelfOn(log);
    const card = (decides?: boolean) => cardOf(shelf, decides === undefined ? {} : { decides });
    expect(await card()).toMatchObject({ standing: 'off', model: '', data: { learnedFrom: 0, from: null, to: null } });
    await shelf.caughtUp();
    happen(30);
    await shelf.caughtUp();
    expect(await card(false)).toMatchObject({
      ...{ standing: 'shadow', model: '00000030' },
      data: { learnedFrom: 30, from: '2026-03-01', to: '2026-03-04', counts: { late: 20, lost: 0, services: 1, 'services on a lane': 1 } },
      error: [
        { value: 0.2, baseline: 0.3 },
        { value: 800, baseline: 900 },
      ],
      drift: [{ period: '2026-02 (GBP)', decisions: 12, foretold: 150, happened: 181 }],
    });
    expect(await card(true)).toMatchObject({ standing: 'decides' });
  });
});
