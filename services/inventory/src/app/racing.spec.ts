import { TooContended, type Clock } from '@cartage/eventsourcing';
import { Raced } from './ledger';
import { againWhenRaced, inTurns } from './racing';

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

describe('what is asked of one thing in one process', () => {
  const gate = () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { opened, open: () => open() };
  };

  it('is done one after the other, in the order in which it was asked; what is asked of another thing waits for none of it', async () => {
    const turns = inTurns();
    const done: string[] = [];
    const first = gate();
    const asked = [
      turns('sheet-1', async () => (await first.opened, done.push('first'))),
      turns('sheet-1', async () => done.push('second')),
      turns('sheet-1', async () => done.push('third')),
    ];
    await turns('sheet-2', async () => done.push('elsewhere'));
    first.open();
    expect(await Promise.all(asked)).toEqual([2, 3, 4]);
    expect(done).toEqual(['elsewhere', 'first', 'second', 'third']);
  });

  it('is done though what was asked before it failed', async () => {
    const turns = inTurns();
    const failing = turns('sheet-1', () => Promise.reject(new Error('broken')));
    const next = turns('sheet-1', async () => 'done');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
