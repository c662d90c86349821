import { demandExpected, isNews, type SaidDemand } from './expected-demand';

const said = (over: Partial<SaidDemand> = {}): SaidDemand => ({
  ...{ sku: 'MUG', location: 'LDN', at: '2026-11-24T02:00:00.000Z', days: 28, units: 40, low: 24, median: 39, high: 60 },
  ...over,
});

describe('what is expected to leave', () => {
  it('is news where nothing was told, where something else is expected, and after three days in any case', () => {
    expect(isNews(said(), undefined)).toBe(true);
    const nextNight = said({ at: '2026-11-25T02:00:00.000Z', units: 41.5, high: 62 });
    expect(isNews(nextNight, said())).toBe(false);
    expect(isNews({ ...nextNight, high: 64 }, said())).toBe(true);
    expect(isNews({ ...nextNight, units: 42.5 }, said())).toBe(true);
    expect(isNews({ ...nextNight, days: 14 }, said())).toBe(true);
    expect(isNews(said({ at: '2026-11-27T02:00:00.000Z' }), said())).toBe(true);
  });

  it('is no news where little is expected and little changes, or something newer was told', () => {
    const rare = said({ units: 0.2, low: 0, median: 0, high: 1 });
    expect(isNews({ ...rare, units: 0.9 }, rare)).toBe(false);
    expect(isNews(said({ at: '2026-11-23T02:00:00.000Z', units: 99 }), said())).toBe(false);
  });

  it('is told by location, all of its SKUs together', () => {
    const events = demandExpected([said(), said({ location: 'MAN' }), said({ sku: 'TEE', units: 1.239 })]);
    expect(events.map(({ data: { location, items } }) => [location, items.map(({ sku, units }) => [sku, units])])).toEqual([
      [
        'LDN',
        [
          ['MUG', 40],
          ['TEE', 1.24],
        ],
      ],
      ['MAN', [['MUG', 40]]],
    ]);
    expect(demandExpected([])).toEqual([]);
  });
});
