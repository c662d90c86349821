import { instantOf, isInstant } from './instant';

describe('an instant', () => {
  it.each(['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.123+01:00'])('is %s', (time) => expect(isInstant(time)).toBe(true));
  it.each(['2026-11-23', '2026-11-23T10:00:00', '2026-13-01T10:00:00Z', 'yesterday', 5])(
    'is not %s, which could be any of several',
    (time) => expect(isInstant(time)).toBe(false),
  );
});

describe('asOf', () => {
  it('is a version, a time, or nothing', () =>
    expect([instantOf('3'), instantOf('2026-11-23T10:00:00Z'), instantOf(undefined)]).toEqual([
      { version: 3 },
      { time: '2026-11-23T10:00:00Z' },
      undefined,
    ]));
  it('is refused by its name when it is neither', () =>
    expect(() => instantOf('yesterday')).toThrow(
      expect.objectContaining({ code: 'AS_OF_INVALID', errors: [expect.objectContaining({ field: 'asOf' })] }),
    ));
});
