import { recovering } from './recovery';
import type { OpenCall } from './views/provider-call-open';

const call = (n: number): OpenCall => ({
  key: `capture:${n}`,
  orderId: `order-${Math.floor(n / 2)}`,
  askedAt: `2026-11-02T09:${String(n % 60).padStart(2, '0')}:00Z`,
});

const setUp = (calls: readonly OpenCall[], stuck: readonly string[] = []) => {
  const resumed: string[] = [];
  const told: string[] = [];
  const asked: string[] = [];
  const recover = recovering({
    decisions: {
      resume: async (orderId) => {
        resumed.push(orderId);
        if (stuck.includes(orderId)) throw new Error('silent');
      },
    },
    openCalls: async (until, { limit, after }) => {
      asked.push(until);
      const from = after ? calls.findIndex(({ key }) => key === after.key) + 1 : 0;
      return calls.slice(from, from + limit);
    },
    now: () => new Date('2026-11-02T10:00:00Z'),
    patienceMs: 60_000,
    onStuck: (orderId) => told.push(orderId),
  });
  return { recover, resumed, told, asked };
};

describe('recovery of stuck payments', () => {
  it('asks for calls that nobody should have in hand any more', async () => {
    const { recover, asked } = setUp([]);
    await recover();
    expect(asked).toEqual(['2026-11-02T09:59:00.000Z']);
  });

  it('resumes each order once a page, page after page', async () => {
    const { recover, resumed, told } = setUp(Array.from({ length: 250 }, (_, n) => call(n)));
    await recover();
    expect(new Set(resumed).size).toBe(125);
    expect(resumed).toHaveLength(125);
    expect(told).toEqual([]);
  });

  it('tells of those that stay silent and goes on past them', async () => {
    const { recover, resumed, told } = setUp([call(0), call(2), call(4)], ['order-0', 'order-1']);
    await recover();
    expect(resumed).toEqual(['order-0', 'order-1', 'order-2']);
    expect(told).toEqual(['order-0', 'order-1']);
  });

  it('ends when it is told to', async () => {
    const { recover, resumed } = setUp([call(1)]);
    await recover(AbortSignal.abort());
    expect(resumed).toEqual([]);
  });
});
