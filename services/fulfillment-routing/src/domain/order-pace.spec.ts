import { paceByMonth } from './order-pace';

const dayOf = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
const daysOf = (days: number, ordersOn: (n: number) => number) =>
  Array.from({ length: days }, (_, n) => ({ day: dayOf(n), orders: ordersOn(n) })).filter(({ orders }) => orders > 0);

describe('whether as many orders come as the eight weeks before let expect', () => {
  it('is said of days before which eight weeks are known, and of today nothing yet', () => {
    expect(paceByMonth([], dayOf(100))).toEqual([]);
    expect(
      paceByMonth(
        daysOf(57, () => 4),
        dayOf(56),
      ),
    ).toEqual([]);
    expect(
      paceByMonth(
        daysOf(58, () => 4),
        dayOf(57),
      ),
    ).toEqual([{ month: '2026-02', days: 1, foretold: 4, happened: 4, missed: 0, missedByWeekBefore: 0 }]);
  });

  it('is missed by days that are otherwise, those without an order too', () => {
    const [month] = paceByMonth(
      daysOf(60, (n) => (n < 56 ? 7 : n === 58 ? 0 : 14)),
      dayOf(59),
    );
    expect(month).toMatchObject({ month: '2026-02', days: 3, happened: 28, missedByWeekBefore: 21 });
    expect(month?.foretold).toBeCloseTo(7 + 7.125 + 7.25);
    expect(month?.missed).toBeCloseTo(7 + 6.875 + 7.25);
  });

  it('is told month by month', () => {
    const months = paceByMonth(
      daysOf(130, (n) => (n < 90 ? 2 : 6)),
      dayOf(130),
    );
    expect(months.map(({ month, days, happened }) => [month, days, happened])).toEqual([
      ['2026-02', 3, 6],
      ['2026-03', 31, 62],
      ['2026-04', 30, 180],
      ['2026-05', 10, 60],
    ]);
  });
});
