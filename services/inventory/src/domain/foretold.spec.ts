import { foretoldDays } from './foretold';

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const from = day('2026-10-30');
const perDay = Array.from({ length: 28 }, () => 1.5);

describe('what was forecast, beside what happened', () => {
  it('is counted by month, of days that are over', () => {
    const unitsOn = (on: number): number => (on === from ? 4 : 1);
    expect(foretoldDays({ from, perDay }, day('2026-11-02'), unitsOn)).toEqual([
      { month: '2026-10', days: 2, foretold: 3, happened: 5 },
      { month: '2026-11', days: 1, foretold: 1.5, happened: 1 },
    ]);
  });

  it('is nothing where it is asked again on the same day, and no more than was forecast', () => {
    expect(foretoldDays({ from, perDay }, from, () => 1)).toEqual([]);
    expect(foretoldDays({ from, perDay }, from + 90, () => 1).reduce((sum, { days }) => sum + days, 0)).toBe(28);
  });
});
