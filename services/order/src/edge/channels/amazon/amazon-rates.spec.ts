import { Bucket } from './amazon-rates';

const at = (seconds: number): Date => new Date(Date.parse('2026-11-23T12:00:00.000Z') + seconds * 1_000);

describe('what may be asked of Amazon', () => {
  const emptied = (): Bucket => {
    const bucket = new Bucket({ rate: 0.5, burst: 2 }, at(0));
    expect([bucket.take(at(0)), bucket.take(at(0)), bucket.take(at(0))]).toEqual([0, 0, 2_000]);
    return bucket;
  };

  it('comes again with time', () => expect(emptied().take(at(2))).toBe(0));

  it('is waited for no longer where the clock was put back', () => {
    const bucket = emptied();
    expect(bucket.take(at(-3_600))).toBe(2_000);
    expect(bucket.take(at(-3_598))).toBe(0);
  });
});
