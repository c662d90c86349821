import { fieldOf, instantIn } from './instants';

describe('a field for date and time', () => {
  it('names the instant that it shows, in whatever zone it is read', () => {
    const instant = '2026-11-27T18:03:09.000Z';
    expect(fieldOf(instant)).toMatch(/^2026-11-2[78]T\d\d:\d3:09$/);
    expect(instantIn(fieldOf(instant))).toBe(instant);
  });

  it('is empty for now, and for a position, which is no time', () => {
    expect([fieldOf(undefined), fieldOf('0000000000000042')]).toEqual(['', '']);
    expect([instantIn(''), instantIn('soon')]).toEqual([undefined, undefined]);
  });
});
