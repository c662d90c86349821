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
    expect(await table.perDay(['MUG', 'CAP'], { since: long })).toEqual(new Map([['LDN', new Map([['MUG', 2]])]]));
    expect(await table.perDay(['TEE'], { since: long })).toEqual(new Map([['LDN', new Map([['TEE', 0.25]])]]));
    expect(await table.perDay(['MUG'], { since: '2026-11-25T00:00:00.000Z' })).toEqual(new Map());
  });

  it('believes the newest, in whatever order it is heard', async () => {
    const table = make();
    await table.learn(said({ madeAt: '2026-11-25T02:00:00.000Z', items: items(84) }));
    await table.learn(said());
    expect((await table.perDay(['MUG'], { since: long })).get('LDN')?.get('MUG')).toBe(3);
  });

  it('tells what was said by then, whatever was said since, once for all who hear it twice', async () => {
    const table = make();
    await table.learn(said({ madeAt: '2026-11-25T02:00:00.000Z', items: items(84) }));
    for (const _time of [1, 2]) await table.learn(said());
    const by = async (until: string) => (await table.perDay(['MUG'], { since: long, until })).get('LDN')?.get('MUG');
    expect(await by('2026-11-24T01:59:59.000Z')).toBeUndefined();
    expect([await by('2026-11-24T02:00:00.000Z'), await by('2026-11-25T01:59:59.000Z')]).toEqual([2, 2]);
    expect(await by('2026-11-25T02:00:00.000Z')).toBe(3);
  });

  it('forgets what was said long ago, some at a time', async () => {
    const table = make();
    for (const madeAt of ['2026-11-21T02:00:00.000Z', '2026-11-22T02:00:00.000Z', '2026-11-24T02:00:00.000Z'])
      await table.learn(said({ madeAt, items: [...items(56), ...items(28, 'TEE')] }));
    const before = '2026-11-23T00:00:00.000Z';
    expect([await table.forget(before, 3), await table.forget(before, 3), await table.forget(before, 3)]).toEqual([3, 1, 0]);
    expect(await table.perDay(['MUG', 'TEE'], { since: long, until: before })).toEqual(new Map());
    expect((await table.perDay(['MUG', 'TEE'], { since: long })).get('LDN')?.size).toBe(2);
  });
};

interface Said {
  readonly location: string;
  readonly sku: string;
  readonly madeAt: string;
  readonly perDay: number;
}

export const memoryDemand = (): DemandTable => {
  const kept = new Map<string, Said>();
  return {
    learn: async ({ location, madeAt, days, items: all }) => {
      for (const { sku, units } of all) kept.set(`${madeAt}/${location}/${sku}`, { location, sku, madeAt, perDay: units / days });
    },
    perDay: async (skus, { since, until = '9' }) => {
      const found = new Map<string, Map<string, number>>();
      for (const { location, sku, madeAt, perDay } of [...kept.values()].toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : 1)))
        if (skus.includes(sku) && madeAt >= since && madeAt <= until)
          found.set(location, (found.get(location) ?? new Map<string, number>()).set(sku, perDay));
      return found;
    },
    forget: async (before, limit) => {
      const old = [...kept].filter(([, { madeAt }]) => madeAt < before).slice(0, limit);
      for (const [key] of old) kept.delete(key);
      return old.length;
    },
  };
};
