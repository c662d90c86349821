import { napEnd, napIn } from './snoozing';

/** A Saturday, at noon of the reader. */
const now = new Date(2026, 10, 28, 12);
const endOf = (nap: string, own?: string, at = now): Date => new Date(napEnd(napIn(nap), own, at));

describe('until when an item sleeps', () => {
  it.each([
    ['hours', new Date(2026, 10, 28, 16)],
    ['tomorrow', new Date(2026, 10, 29, 9)],
    ['monday', new Date(2026, 10, 30, 9)],
    ['week', new Date(2026, 11, 5, 9)],
    ['whatever', new Date(2026, 10, 29, 9)],
  ])('by the clock of the reader: %s', (nap, end) => expect(endOf(nap)).toEqual(end));

  it('is the next Monday, never today', () =>
    expect(endOf('monday', undefined, new Date(2026, 10, 30, 8))).toEqual(new Date(2026, 11, 7, 9)));

  it('may be a time of one’s own', () => expect(endOf('own', '2026-12-01T10:30')).toEqual(new Date(2026, 11, 1, 10, 30)));
});
