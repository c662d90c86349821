import { playDemo } from './demo';
import { startThrowAway } from './embedded';
import type { Outcome } from './summary';

const quiet = () => ({ advance: () => undefined, stop: () => undefined });

const outcomeOfOneWorld = async (): Promise<Outcome> => {
  const system = await startThrowAway();
  try {
    return (await playDemo(system.url, { orders: 60, seed: 11 }, quiet)).outcome;
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
    expect(Object.keys(orders).every((state) => /^(completed|cancelled)$/.test(state))).toBe(true);
    expect(money.collected).toBe(money.remitted);
    expect(money.captured).toBeGreaterThan(0);
    expect(stock.onHand).toBeLessThan(stock.before);
    expect(await outcomeOfOneWorld()).toEqual(outcome);
  }, 180_000);
});
