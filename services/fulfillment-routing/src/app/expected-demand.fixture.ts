import type { DemandSaid, DemandTable } from './expected-demand';

const items = (units: number, sku = 'MUG') => [{ sku, units, low: 0, median: 1, high: 9 }];
const said = (over: Partial<DemandSaid> = {}): DemandSaid => ({
  ...{ location: 'LDN', madeAt: '2026-11-24T02:00:00.000Z', days: 28, items: items(56) },
  ...over,
});
const long = '2026-11-17T00:00:00.000Z';

/** What every table of what inventory expects does. */
export const demandTableContract = (make: () => DemandTable): void => {
  it('tells what is expected in a day, of what was asked and was said lately', async () => {
    const table = make();
    await table.learn(said({ items: [...items(56), ...items(7, 'TEE')] }));
    await table.learn(said({ location: 'MAN', madeAt: '2026-11-01T02:00:00.000Z' }));
    expect(await table.perDay(['MUG', 'CAP'], long)).toEqual(new Map([['LDN', new Map([['MUG', 2]])]]));
    expect(await table.perDay(['TEE'], long)).toEqual(new Map([['LDN', new Map([['TEE', 0.25]])]]));
    expect(await table.perDay(['MUG'], '2026-11-25T00:00:00.000Z')).toEqual(new Map());
  });

  it('believes the newest, in whatever order it is heard', async () => {
    const table = make();
    await table.learn(said({ madeAt: '2026-11-25T02:00:00.000Z', items: items(84) }));
    await table.learn(said());
    expect((await table.perDay(['MUG'], long)).get('LDN')?.get('MUG')).toBe(3);
  });
};

export const memoryDemand = (): DemandTable => {
  const kept = new Map<string, { readonly location: string; readonly sku: string; readonly madeAt: string; readonly perDay: number }>();
  return {
    learn: async ({ location, madeAt, days, items: all }) => {
      for (const { sku, units } of all) {
        const before = kept.get(`${location}/${sku}`);
        if (!before || before.madeAt <= madeAt) kept.set(`${location}/${sku}`, { location, sku, madeAt, perDay: units / days });
      }
    },
    perDay: async (skus, since) => {
      const found = new Map<string, Map<string, number>>();
      for (const { location, sku, madeAt, perDay } of kept.values())
        if (skus.includes(sku) && madeAt >= since) found.set(location, (found.get(location) ?? new Map<string, number>()).set(sku, perDay));
      return found;
    },
  };
};
