import fc from 'fast-check';
import { broker } from './brokering';
import { id, linesOf, requestOf, rules, shipGroup } from './brokering.fixture';
import type { DecisionRecord } from './events';
import { timesOf, type UnitsPerDay } from './expected-demand';

const facts = { destination: { locatedBy: 'unknown' as const }, skus: ['MUG', 'TEE'], locations: [] };
type Given = readonly [location: string, mugs: number, tees: number];

const recordOf = ([location, mugs, tees]: Given, n: number): DecisionRecord => {
  const lines = linesOf(['MUG', mugs], ['TEE', tees]).filter(({ quantity }) => quantity > 0);
  const request = requestOf(lines);
  const assignments = lines.length === 0 ? [] : [{ fulfillmentId: id(n), location, lines }];
  const made = { orderId: id(n), decisionId: id(n), cause: 'confirmed' as const, shipGroup, rules, request, ...facts };
  return { ...made, ...broker(rules, request, facts), assignments, brokeredAt: '2026-11-20T10:00:00.000Z' };
};
const perDay = (all: Readonly<Record<string, Readonly<Record<string, number>>>>): UnitsPerDay =>
  new Map(Object.entries(all).map(([location, shelf]) => [location, new Map(Object.entries(shelf))]));
const asked = (expected: UnitsPerDay) => ({ times: 2, horizonDays: 14, perDay: expected });

describe('orders that are expected', () => {
  it('come by their own pace where inventory says nothing', () =>
    expect(timesOf([['L0', 1, 0] as const, ['L1', 2, 1] as const].map(recordOf), asked(new Map()))).toEqual({
      times: [2, 2],
      source: { from: 'own-orders', share: 0 },
    }));

  it('come as often as it expects their units to leave from where they went; others by their pace', () => {
    const records = [['L0', 1, 0] as const, ['L0', 1, 0] as const, ['L1', 1, 0] as const].map(recordOf);
    const { times, source } = timesOf(records, asked(perDay({ L0: { MUG: 1 } })));
    expect(times).toEqual([7, 7, 2]);
    expect(source).toEqual({ from: 'both', share: 0.667 });
  });

  it('are together what is expected, also where they hold several SKUs', () => {
    const records = [['L0', 1, 0] as const, ['L0', 0, 1] as const, ['L0', 1, 1] as const].map(recordOf);
    const { times, source } = timesOf(records, asked(perDay({ L0: { MUG: 0.5, TEE: 0.25 } })));
    expect((times[0] ?? 0) + (times[2] ?? 0)).toBeCloseTo(7, 1);
    expect((times[1] ?? 0) + (times[2] ?? 0)).toBeCloseTo(3.5, 1);
    expect(source).toEqual({ from: 'forecast', share: 1 });
  });

  it('never come much more or less often than by their pace, whatever is expected', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('L0', 'L1'), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { maxLength: 12 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (orders, mugs, tees) => {
          const { times } = timesOf(orders.map(recordOf), asked(perDay({ L0: { MUG: mugs, TEE: tees }, L1: { MUG: tees } })));
          expect(times).toHaveLength(orders.length);
          for (const each of times) expect(each >= 0.2 && each <= 20).toBe(true);
        },
      ),
    ));
});
