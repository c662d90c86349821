import { TooContended, type Clock } from '@cartage/eventsourcing';
import { Raced } from './ledger';
import { againWhenRaced } from './racing';

describe('what others write first', () => {
  const pauses: number[] = [];
  const clock: Clock = { now: () => new Date(0), pause: async (ms) => void pauses.push(ms) };
  /** Loses so many times, and wins then. */
  const losing = (times: number) => {
    let tries = 0;
    return async (): Promise<number> => {
      tries += 1;
      if (tries <= times) throw new Raced();
      return tries;
    };
  };
  beforeEach(() => void pauses.splice(0));

  it('is done again, after pauses that grow', async () => {
    expect(await againWhenRaced(losing(4), { clock })).toBe(5);
    expect(pauses).toEqual([1, 2, 4, 8]);
  });

  it('is done at once where nobody was first', async () => {
    expect(await againWhenRaced(losing(0), { clock })).toBe(1);
    expect(pauses).toEqual([]);
  });

  it('is given up in the end, as what can be tried again later', async () => {
    await expect(againWhenRaced(losing(3), { clock, attempts: 3 })).rejects.toThrow(TooContended);
    expect(pauses).toEqual([1, 2]);
  });

  it('is no cover for another fault', async () => {
    await expect(againWhenRaced(() => Promise.reject(new Error('broken')), { clock })).rejects.toThrow('broken');
  });
});
