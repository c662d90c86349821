import { manualClock } from '@cartage/eventsourcing';
import { isCutOff, isDataFault, retrying } from './faults';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('faults of Postgres', () => {
  it.each(['08006', '53300', '57P01', 'ECONNREFUSED', 'ENOTFOUND'])('%s means that it is away', (code) => {
    expect(isCutOff(coded(code))).toBe(true);
    expect(isDataFault(coded(code))).toBe(false);
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Query read timeout'])(
    '"%s" means that it is away',
    (message) => expect(isCutOff(new Error(message))).toBe(true),
  );

  it.each(['22P02', '23505', '54000'])('%s is a fault of what was written', (code) => {
    expect(isDataFault(coded(code))).toBe(true);
    expect(isCutOff(coded(code))).toBe(false);
  });
});

describe('retrying', () => {
  it('does it again after pauses that grow', async () => {
    const clock = manualClock();
    const at: number[] = [];
    const done = retrying(
      async () => {
        at.push(clock.now().getTime());
        if (at.length < 4) throw coded('40P01');
        return 'done';
      },
      { clock },
    );
    await clock.advance(100);
    expect(await done).toBe('done');
    expect(at.map((each) => each - (at[0] ?? 0))).toEqual([0, 5, 15, 35]);
  });

  it('lets rise at once what may not be done again, and after the last attempt what may', async () => {
    let runs = 0;
    const failing = (code: string) => () => {
      runs += 1;
      return Promise.reject(coded(code));
    };
    await expect(retrying(failing('23505'))).rejects.toThrow('23505');
    expect(runs).toBe(1);
    await expect(retrying(failing('40001'), { attempts: 3 })).rejects.toThrow('40001');
    expect(runs).toBe(4);
  });
});
