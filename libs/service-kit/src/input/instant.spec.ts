import { instantOf, isInstant } from './instant';

describe('an instant', () => {
  it.each(['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.123+01:00', '9999-12-31T23:59:59.999Z'])('is %s', (time) =>
    expect(isInstant(time)).toBe(true),
  );
  it.each([
    '2026-11-23',
    '2026-11-23T10:00:00',
    '2026-13-01T10:00:00Z',
    'yesterday',
    5,
    '9999-12-31T23:59:59-12:00',
    '0000-01-01T00:00:00+01:00',
  ])('is not %s, which could be any of several', (time) => expect(isInstant(time)).toBe(false));
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
