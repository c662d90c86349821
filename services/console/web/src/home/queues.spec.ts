import { hasOrders, queuesOf, type OrderCounts } from './queues';

const none = { orders: 0, oldest: null };
const counts = (more: Partial<OrderCounts>): OrderCounts => ({ upTo: 10_000, statuses: [], holds: [], late: none, atRisk: none, ...more });

describe('what needs a person', () => {
  it('is promises first, then holds by who waits longest, and nothing that is empty', () => {
    const queues = queuesOf(
      counts({
        holds: [
          { type: 'operator', orders: 9, oldest: '2026-11-20T00:00:00Z' },
          { type: 'stock-short', orders: 2, oldest: '2026-11-01T00:00:00Z' },
        ],
        atRisk: { orders: 1, oldest: '2026-11-27T00:00:00Z' },
      }),
    );
    expect(queues.map(({ name, orders, list }) => [name, orders, list])).toEqual([
      ['at-risk', 1, { atRisk: true }],
      ['stock-short', 2, { status: 'on-hold', hold: 'stock-short' }],
      ['operator', 9, { status: 'on-hold', hold: 'operator' }],
    ]);
  });

  it('is nothing in a shop where nothing was ordered', () => {
    expect(queuesOf(counts({}))).toEqual([]);
    expect(hasOrders(counts({ statuses: [{ status: 'placed', ...none }] }))).toBe(false);
    expect(hasOrders(counts({ statuses: [{ status: 'completed', orders: 1, oldest: null }] }))).toBe(true);
  });
});
