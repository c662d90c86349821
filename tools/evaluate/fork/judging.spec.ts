import type { OrderSide } from '@cartage/fulfillment-routing/forks';
import type { Handover } from '../carrier/reading';
import type { PlacedOrder } from '../sourcing/world';
import { forkJudgement } from './judging';
import { shipmentsOf } from './parcels';
import { AS_IT_WAS, WITHOUT, type OrderResult } from './played';
import type { Transit } from './transit';

const DAY_MS = 86_400_000;
const order = (n: number): PlacedOrder => ({ id: String(n), at: n * DAY_MS, destination: { latitude: 0, longitude: 0 }, lines: [] });
const orders = Array.from({ length: 20 }, (_, n) => order(n));

const side = (locations: readonly string[], unfilled = 0): OrderSide => ({
  fulfillments: locations.map((location) => ({
    ...{ location, workDay: '2026-01-05', units: 1, km: 10, daysLate: 0, daysToBegin: 0 },
    cost: { currency: 'USD', amount: 100 },
  })),
  unfilled,
});
const usual: Transit = { promisedDays: 5, days: 3, isLate: false, price: 1, lateness: 0 };
const all = (result: OrderResult) => new Map(orders.map(({ id }) => [id, result]));

const judged = (own: OrderResult, isSent = true) =>
  forkJudgement({
    played: [
      { name: AS_IT_WAS, version: '1', isBaseline: true, orders: all({ side: side(['A', 'B']), transit: usual }) },
      { name: WITHOUT, version: '1', isBaseline: true, orders: all({ side: side(['A']), transit: usual }) },
      { name: 'carriers', version: '1', isBaseline: false, orders: all(own) },
    ],
    ...{ orders, unfilledCost: 1_000, isSent, seed: 1, facts: {} },
  });
const valuesOf = (own: OrderResult) =>
  Object.fromEntries(Object.entries(judged(own).methods[2]?.figures ?? {}).map(([key, { value }]) => [key, value]));

describe('the same past without and with what is learned', () => {
  it('counts carriage at what its service costs, lateness in the same measure, and shortage', () =>
    expect(valuesOf({ side: side(['A', 'B'], 2), transit: { ...usual, price: 0.8, lateness: 0.5 } })).toMatchObject({
      ...{ carriage: 160, cost: 1_260, split: 1, short: 1, promised: 5, transit: 3, late: 0 },
    }));

  it('counts days and lateness of those alone that were promised, and arrived', () => {
    const lost = { ...usual, days: undefined, isLate: true };
    expect(valuesOf({ side: side(['A']), transit: lost })).toMatchObject({ promised: 5, transit: Number.NaN, late: 1 });
    expect(valuesOf({ side: side([], 1), transit: undefined })).toMatchObject({
      late: Number.NaN,
      promised: Number.NaN,
      carriage: 0,
      cost: 1_000,
    });
  });

  it('shows for each decision what stands without it and with it, and the difference with its interval', () => {
    const { slices } = judged({ side: side(['A']), transit: { ...usual, promisedDays: 4, days: 2, price: 0.9 } });
    expect(slices[0]?.rows).toEqual([
      ['carriers', 'cost of an order, lateness and shortage counted', '100.0', '90.0', '-10.0 (-10.0 to -10.0)'],
      ['carriers', 'carriage and handling of an order', '100.0', '90.0', '-10.0 (-10.0 to -10.0)'],
      ['carriers', 'days promised', '5.00', '4.00', '-1.00 (-1.00 to -1.00)'],
      ['carriers', 'days in transit', '3.00', '2.00', '-1.00 (-1.00 to -1.00)'],
      ['carriers', 'late', '0.0000', '0.0000', '0.0000 (0.0000 to 0.0000)'],
      ['carriers', 'split', '0.0000', '0.0000', '0.0000 (0.0000 to 0.0000)'],
      ['carriers', 'short', '0.0000', '0.0000', '0.0000 (0.0000 to 0.0000)'],
    ]);
  });

  it('says nothing of days where no parcels were played', () => {
    const { measures, slices } = judged({ side: side(['A']), transit: undefined }, false);
    expect(measures.map(({ key }) => key)).not.toContain('promised');
    expect(slices[0]?.rows.map(([, figure]) => figure)).toHaveLength(4);
  });
});

describe('a parcel for each order', () => {
  const parcel: Handover = { lane: 'LDN>GB', service: 'post', cost: 4, day: 0, due: undefined, end: 'delivered', days: 2 };
  const parcels = (count: number, named: Readonly<Record<number, string>> = {}) =>
    Array.from({ length: count }, (_, n) => ({ ...parcel, order: named[n] }));

  it('is the one that names it, else the n-th, evenly over all that are not learned from alone', () =>
    expect(shipmentsOf(orders.slice(0, 4), parcels(12, { 1: '2' }), 4)).toEqual([
      { order: '0', parcel: 4, turn: 0 },
      { order: '1', parcel: 6, turn: 0 },
      { order: '2', parcel: 1, turn: 0 },
      { order: '3', parcel: 10, turn: 0 },
    ]));

  it('is shared where there are fewer of them, by turns', () =>
    expect(shipmentsOf(orders.slice(0, 4), parcels(3), 1).map(({ parcel: at, turn }) => [at, turn])).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ]));
});
