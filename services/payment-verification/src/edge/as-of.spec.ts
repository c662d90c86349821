import { instantOf } from './as-of';

describe('the instant that a payment is shown as of', () => {
  it('is now unless told', () => expect(instantOf(undefined)).toBeUndefined());
  it('may be a version', () => expect(instantOf('3')).toEqual({ version: 3 }));
  it.each(['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.123+05:30'])('may be a time with its offset: %s', (time) =>
    expect(instantOf(time)).toEqual({ time }),
  );
  it.each(['yesterday', '', '-1', '2026-11-23', '2026-11-23T10:00:00', '2026-13-23T10:00:00Z', '2026-02-30T10:00:00Z'])(
    'is never %j',
    (wrong) => expect(() => instantOf(wrong)).toThrow(expect.objectContaining({ code: 'AS_OF_INVALID', kind: 'invalid' })),
  );
});
