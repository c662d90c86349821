import { heardUntil, missingOf } from './freshness';

const table = (until: string | null, missing = 0) => ({
  table: 'fact_order',
  topic: 'order.events',
  heardUntil: until,
  events: 1,
  missing,
});

describe('how fresh an answer is', () => {
  it('is what the table knows that was fed the longest ago', () =>
    expect(heardUntil([table('2026-11-28T10:00:00Z'), table('2026-11-27T10:00:00Z')])).toBe('2026-11-27T10:00:00Z'));

  it('is not known where a table was never fed', () => expect(heardUntil([table('2026-11-28T10:00:00Z'), table(null)])).toBeNull());

  it('counts what should have come', () => expect(missingOf([table(null, 2), table(null, 1)])).toBe(3));
});
