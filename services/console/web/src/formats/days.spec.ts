import { instantsOf } from './days';

describe('a period of days', () => {
  it('goes from the beginning of the first to the end of the last, where the reader is', () => {
    const { from, to } = instantsOf({ from: '2026-10-01', to: '2026-10-31' });
    expect([from, to]).toEqual([new Date(2026, 9, 1).toISOString(), new Date(2026, 10, 1).toISOString()]);
  });

  it('is open where no day is said', () => {
    expect(instantsOf({})).toEqual({});
    expect(instantsOf({ from: 'never', to: '' })).toEqual({});
    expect(Object.keys(instantsOf({ to: '2026-10-31' }))).toEqual(['to']);
  });
});
