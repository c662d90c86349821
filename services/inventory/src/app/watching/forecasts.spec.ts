import { memoryDeadlines, type Deadline } from '@cartage/eventsourcing';
import { createForecasts, type ForecastRows, type ForetoldOf, type LearnedPoint, type PointCursor, type ShownForecast } from './forecasts';

const learned = { serviceLevel: 95, reviewDays: 7, leadDays: 14, decides: true };
const DAY_MS = 86_400_000;
const noon = Date.parse('2026-11-23T12:00:00.000Z');
const today = Math.floor(noon / DAY_MS);

const rowsOf = (points: readonly LearnedPoint[]) => {
  const kept = new Map<string, ShownForecast>();
  const foretold: ForetoldOf[] = [];
  const isAfter = ({ category, sku }: LearnedPoint, [afterCategory, afterSku]: PointCursor): boolean =>
    category > afterCategory || (category === afterCategory && sku > afterSku);
  const rows: ForecastRows = {
    points: ({ after, limit }) => Promise.resolve(points.filter((each) => after === undefined || isAfter(each, after)).slice(0, limit)),
    point: ({ sku }) => Promise.resolve(points.find((each) => each.sku === sku)),
    issued: (places) =>
      Promise.resolve(places.flatMap((place) => Array.from({ length: 60 }, (_, n) => ({ ...place, day: today - 1 - n, units: 2 })))),
    receipts: () => Promise.resolve(new Map()),
    keep: async (said, before) => {
      said.forEach((each) => kept.set(each.sku, each));
      foretold.push(...before);
    },
    kept: (places) => Promise.resolve(places.flatMap(({ sku }) => kept.get(sku) ?? [])),
  };
  return { rows, kept, foretold };
};
const points = (count: number): readonly LearnedPoint[] =>
  Array.from({ length: count }, (_, n) => ({ sku: `S-${String(n).padStart(4, '0')}`, location: 'LDN', category: 'mugs', learned }));

const worldOf = (all: readonly LearnedPoint[]) => {
  let time = noon;
  const told: { readonly sku: string; readonly units: number }[] = [];
  const deadlines = memoryDeadlines();
  const { rows, kept, foretold } = rowsOf(all);
  const forecasts = createForecasts({
    ...{ rows, deadlines, now: () => new Date(time) },
    tell: async (said) => void told.push(...said.map(({ sku, ahead }) => ({ sku, ...ahead }))),
  });
  /** Tells whatever is due then, and what becomes due by that. */
  const until = async (instant: string): Promise<readonly string[]> => {
    time = Date.parse(instant);
    const told: Deadline[] = [];
    for (;;) {
      const [due] = await deadlines.take({ now: new Date(time), until: new Date(time + DAY_MS), limit: 1 });
      if (!due) return told.map(({ id }) => id);
      told.push(due);
      await forecasts.onDue(due, { commandId: due.id, correlationId: due.id, actor: 'spec' });
      await deadlines.settle([due.id]);
    }
  };
  return { forecasts, kept, foretold, told, until };
};

describe('forecasts', () => {
  it('are made each night, page by page, of whatever is learned', async () => {
    const { forecasts, kept, told, until } = worldOf(points(60));
    await forecasts.start();
    await forecasts.start();
    expect(await until('2026-11-24T01:59:00.000Z')).toEqual([]);
    expect(await until('2026-11-24T02:00:00.000Z')).toHaveLength(3);
    expect(kept.size).toBe(60);
    expect(told).toHaveLength(60);
    expect(told[0]).toMatchObject({ sku: 'S-0000', days: 28, low: expect.any(Number) as number });
    expect(told[0]?.units).toBeCloseTo(kept.get('S-0000')?.perDay.reduce((sum, units) => sum + units, 0) ?? 0);
    expect(kept.get('S-0059')).toMatchObject({ madeAt: '2026-11-24T02:00:00.000Z', source: { days: 61 }, terms: learned });
    expect(await until('2026-11-24T23:00:00.000Z')).toEqual([]);
    expect(await until('2026-11-25T02:00:00.000Z')).toHaveLength(3);
  });

  it('say the next night how those of the night before came out', async () => {
    const { forecasts, foretold, until } = worldOf(points(1));
    await forecasts.start();
    await until('2026-11-24T02:00:00.000Z');
    expect(foretold).toEqual([]);
    await until('2026-11-25T02:00:00.000Z');
    expect(foretold).toMatchObject([{ sku: 'S-0000', madeAt: '2026-11-24T02:00:00.000Z', months: [{ month: '2026-11', days: 1 }] }]);
  });

  it('come again where there was nothing to forecast', async () => {
    const { forecasts, until } = worldOf([]);
    await forecasts.start();
    expect(await until('2026-11-24T02:00:00.000Z')).toHaveLength(1);
    expect(await until('2026-11-25T02:00:00.000Z')).toHaveLength(1);
  });

  it('are made at once of what is learned from now on, and unknown of what is not', async () => {
    const { forecasts } = worldOf(points(1));
    const place = { sku: 'S-0000', location: 'LDN' };
    await expect(forecasts.of(place)).rejects.toMatchObject({ code: 'FORECAST_UNKNOWN' });
    await forecasts.learn(place);
    await forecasts.learn({ sku: 'OTHER', location: 'LDN' });
    const said = await forecasts.of(place);
    expect(said.expected.units).toBeCloseTo(42, 0);
    expect(said.proposal?.reorderPoint).toBeGreaterThanOrEqual(42);
  });
});
