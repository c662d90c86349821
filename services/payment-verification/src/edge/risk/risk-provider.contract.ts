import type { RiskCase, RiskProvider } from '../../app/risk/risk-provider';

const harmless: RiskCase = {
  ...{ orderId: '0192f0c0-0000-7000-8000-000000000001', orderVersion: 1, channel: 'web', customerId: 'customer-7' },
  ...{ currency: 'GBP', total: 4_000, priority: 'standard', placedAt: '2026-11-02T10:00:00.000Z' },
  lines: [{ sku: 'MUG', quantity: 3, total: 4_000 }],
  payments: [{ method: 'card', amount: 4_000 }],
  destinations: [{ country: 'GB', postalArea: 'SW1A' }],
  facts: { returning: true, ordersWithinHour: 0, countryKnown: true },
};
const { customerId: _, ...ofGuest } = harmless;
const doubtful: RiskCase = {
  ...ofGuest,
  ...{ total: 900_000, priority: 'expedited' },
  lines: [{ sku: 'PHONE', quantity: 90, total: 900_000 }],
  facts: { returning: false, ordersWithinHour: 9, countryKnown: false },
};
const manyLines = Array.from({ length: 2_000 }, (_, i) => ({ sku: `SKU-${i}`, quantity: 1, total: 1 }));

/** What every provider of risk scores promises. Run it in a spec of each adapter. */
export const riskProviderContract = (name: string, onTrial: () => RiskProvider): void => {
  const assess = (order: RiskCase) => onTrial().assess(order, AbortSignal.timeout(10_000));

  describe(`the risk provider ${name}`, () => {
    it.each([
      ['an order', harmless],
      ['an order of a guest', ofGuest],
      ['an order that goes nowhere', { ...harmless, destinations: [] }],
      ['an order in a currency of which nothing is known', { ...harmless, currency: 'XXX' }],
      ['an order of thousands of lines', { ...harmless, lines: manyLines }],
      ['the largest sum that can be said', { ...harmless, total: Number.MAX_SAFE_INTEGER }],
    ])('scores %s: a whole number from 0 to 100, a version, and reasons by code', async (_, order) => {
      const { score, version, reasons } = await assess(order);
      expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
      expect(version).not.toBe('');
      for (const { code } of reasons) expect(code).not.toBe('');
    });

    it('answers the same when it is asked the same', async () => expect(await assess(doubtful)).toEqual(await assess(doubtful)));

    it('finds more in an order with every sign of trouble than in one with none', async () => {
      const [worse, better] = [await assess(doubtful), await assess(harmless)];
      expect(worse.score).toBeGreaterThan(better.score);
      expect(worse.reasons.length).toBeGreaterThan(0);
    });

    it('keeps orders apart that are asked about at once', async () => {
      const alone = [(await assess(harmless)).score, (await assess(doubtful)).score];
      const together = await Promise.all([assess(harmless), assess(doubtful)]);
      expect(together.map(({ score }) => score)).toEqual(alone);
    });
  });
};

export { harmless as harmlessCase };
