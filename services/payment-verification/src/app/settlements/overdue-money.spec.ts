import { manualClock } from '@cartage/eventsourcing';
import type { Ageing } from './outstanding';
import { overdueMoney } from './overdue-money';

const row = (settlementSource: string | null, currency: string, overdue: number): Ageing => ({
  ...{ settlementSource, carrier: null, channel: 'web', currency, age: '8-14', count: 1 },
  ...{ amount: 500, overdue, oldestAt: '2026-11-01T00:00:00.000Z' },
});
const rows = [row('stripe', 'GBP', 100), row('stripe', 'GBP', 20), row('stripe', 'EUR', 0), row('courier', 'INR', 7), row(null, 'GBP', 9)];

describe('money that is late', () => {
  it('is summed by source and currency, of sources whose files are taken', async () => {
    const told = overdueMoney({ ageing: async () => rows, inUse: async () => new Set(['stripe']), now: () => new Date(0) });
    expect(await told()).toEqual([
      { source: 'stripe', currency: 'GBP', amount: 120 },
      { source: 'stripe', currency: 'EUR', amount: 0 },
    ]);
  });

  it('is looked for once a minute, again after a fault, and not at all where no file is ever taken', async () => {
    const clock = manualClock();
    let asked = 0;
    let fails = true;
    const ageing = async (): Promise<readonly Ageing[]> => {
      asked += 1;
      if (fails) throw new Error('away');
      return rows;
    };
    const told = overdueMoney({ ageing, inUse: async () => new Set(['courier']), now: () => clock.now() });
    await expect(told()).rejects.toThrow('away');
    fails = false;
    await told();
    await told();
    expect(asked).toBe(2);
    await clock.advance(61_000);
    await told();
    expect(asked).toBe(3);
    expect(await overdueMoney({ ageing, inUse: async () => new Set(), now: () => clock.now() })()).toEqual([]);
    expect(asked).toBe(3);
  });
});
