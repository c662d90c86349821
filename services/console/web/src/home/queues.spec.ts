import { hasOrders, isBesideOrders, waitingIn, waitingOrders, type OrderCounts } from './queues';

const none = { orders: 0, oldest: null };
const counts = (more: Partial<OrderCounts>): OrderCounts => ({ upTo: 10_000, statuses: [], holds: [], late: none, atRisk: none, ...more });

describe('what needs a person', () => {
  it('is promises first, then holds by who waits longest, and nothing that is empty', () => {
    const waiting = waitingOrders(
      counts({
        holds: [
          { type: 'operator', orders: 9, oldest: '2026-11-20T00:00:00Z' },
          { type: 'stock-short', orders: 2, oldest: '2026-11-01T00:00:00Z' },
        ],
        atRisk: { orders: 1, oldest: '2026-11-27T00:00:00Z' },
      }),
    );
    expect(waiting.map(({ name, counted: { count }, list }) => [name, count, list])).toEqual([
      ['at-risk', 1, { in: 'orders', filters: { atRisk: true } }],
      ['stock-short', 2, { in: 'queue', queue: 'shortages', filters: {} }],
      ['operator', 9, { in: 'queue', queue: 'holds', filters: { hold: 'operator' } }],
    ]);
  });

  it('is also what waits in queues that hold no order', () => {
    const counted = { count: 3, upTo: Infinity, oldest: null };
    expect(waitingIn('dead-letters', counted)).toEqual([
      { name: 'dead-letters', named: 'queues.kind', counted, list: { in: 'queue', queue: 'dead-letters', filters: {} } },
    ]);
    expect(waitingIn('dead-letters', { ...counted, count: 0 })).toEqual([]);
    expect(waitingIn('dead-letters', undefined)).toEqual([]);
    expect((['holds', 'shortages', 'dead-letters'] as const).map((id) => isBesideOrders({ id }))).toEqual([false, false, true]);
  });

  it('is nothing in a shop where nothing was ordered', () => {
    expect(waitingOrders(counts({}))).toEqual([]);
    expect(hasOrders(counts({ statuses: [{ status: 'placed', ...none }] }))).toBe(false);
    expect(hasOrders(counts({ statuses: [{ status: 'completed', orders: 1, oldest: null }] }))).toBe(true);
  });
});
