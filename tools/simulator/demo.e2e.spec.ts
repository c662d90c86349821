import { eventually } from '@cartage/testkit';
import { httpTo } from './http';
import { playDemo } from './demo';
import { startThrowAway } from './embedded';
import type { Outcome } from './summary';

const quiet = () => ({ advance: () => undefined, stop: () => undefined });

interface Expected {
  readonly expectations: readonly {
    readonly rule: string;
    readonly whose: string;
    readonly standing: string;
    readonly due: string | null;
  }[];
}

/** What the audit found, and what our own programs still owe any of the orders. */
const owedAt = async (url: string): Promise<readonly unknown[]> => {
  const http = httpTo(url);
  const get = async <Body>(path: string): Promise<Body> => (await http.send<Body>({ method: 'GET', path })).body;
  try {
    const found = await get<{ readonly items: readonly unknown[] }>('/audit/findings?open=true');
    const orders = await get<{ readonly items: readonly { readonly orderId: string }[] }>('/orders?limit=200');
    const all = await Promise.all(orders.items.map(async ({ orderId }) => get<Expected>(`/audit/orders/${orderId}`)));
    const owed = all.flatMap(({ expectations }) => expectations.filter(({ whose, due }) => whose === 'services' && due !== null));
    return [...found.items, ...owed.filter(({ standing }) => standing === 'waiting' || standing === 'overdue')];
  } finally {
    http.close();
  }
};

const outcomeOfOneWorld = async (): Promise<Outcome> => {
  const system = await startThrowAway();
  try {
    const { outcome } = await playDemo(system.url, { orders: 60, seed: 11 }, quiet);
    await eventually(async () => expect(await owedAt(system.url)).toEqual([]), { withinMs: 30_000 });
    return outcome;
  } finally {
    await system.stop();
  }
};

describe('the demo', () => {
  it('carries every order to its end, and the same seed to the same end', async () => {
    const outcome = await outcomeOfOneWorld();
    const { orders, money, stock } = outcome;
    expect(Object.values(orders).reduce((sum, count) => sum + count, 0)).toBe(60 + outcome.sentAgain);
    expect(outcome.sentAgain).toBeGreaterThan(0);
    expect(Object.keys(outcome.mishaps).length).toBeGreaterThan(3);
    expect(Object.keys(outcome.supplierOrders)).toEqual(['shipped']);
    expect(Object.keys(outcome.exchanges)).toEqual(['settled']);
    expect(outcome.labelsBack).toBeGreaterThan(0);
    expect(Object.keys(orders).every((state) => /^(completed|cancelled)$/.test(state))).toBe(true);
    expect(money.collected).toBe(money.remitted);
    expect(money.captured).toBeGreaterThan(0);
    expect(stock.onHand).toBeLessThan(stock.before);
    expect(await outcomeOfOneWorld()).toEqual(outcome);
  }, 180_000);
});
