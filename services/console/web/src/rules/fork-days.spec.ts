import { barsOf, capacityPath, DAY_WIDTH, HEIGHT, locationsOf, type ForkDay } from './fork-days';

const days: readonly ForkDay[] = [
  { location: 'LDN-1', day: '2026-11-03', before: 4, now: 8, capacity: 4 },
  { location: 'LDS-1', day: '2026-11-02', before: 1, now: 0 },
  { location: 'LDN-1', day: '2026-11-02', before: 12, now: 0, capacity: 16 },
  { location: 'LDN-1', day: '2026-11-04', before: 0, now: 0 },
];

describe('the days of a fork', () => {
  it('stand together by location, in their order, with the most of each', () => {
    const [london, leeds] = locationsOf(days);
    expect(london).toMatchObject({ location: 'LDN-1', mostBefore: 12, mostNow: 8, top: 16 });
    expect(london?.days.map((each) => each.day)).toEqual(['2026-11-02', '2026-11-03', '2026-11-04']);
    expect(leeds).toMatchObject({ location: 'LDS-1', mostBefore: 1, mostNow: 0, top: 1 });
    expect(locationsOf([])).toEqual([]);
  });

  it('are two bars each, as high as what was to be done', () => {
    const [london] = locationsOf(days);
    const bars = london ? barsOf(london) : [];
    expect(bars).toHaveLength(6);
    expect(bars[0]).toEqual({ look: 'before', x: 2, y: HEIGHT / 4, height: (HEIGHT * 3) / 4 });
    expect(bars[3]).toMatchObject({ look: 'now', x: DAY_WIDTH + 6, height: HEIGHT / 2 });
  });

  it('have a line where there is a limit', () => {
    const [london, leeds] = locationsOf(days);
    expect(london && capacityPath(london)).toBe(`M0 0h${DAY_WIDTH}M${DAY_WIDTH} ${(HEIGHT * 3) / 4}h${DAY_WIDTH}`);
    expect(leeds && capacityPath(leeds)).toBe('');
  });
});
