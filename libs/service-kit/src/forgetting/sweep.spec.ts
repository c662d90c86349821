import { systemClock } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import pino from 'pino';
import { sweeping } from './sweep';

const every = (everyMs: number, lines: string[] = []) => ({
  ...{ clock: systemClock, everyMs, trouble: 'it is not swept' },
  log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }),
});

describe('a sweep that runs again and again', () => {
  it('begins with its service, and goes on after a fault, which is a warning', async () => {
    const lines: string[] = [];
    let sweeps = 0;
    const sweep = async (): Promise<void> => {
      sweeps += 1;
      throw new Error('the database is away');
    };
    const { start, stop } = sweeping(sweep, every(1, lines));
    await start();
    await eventually(() => expect(sweeps).toBeGreaterThan(2));
    await stop();
    expect(lines).toHaveLength(sweeps);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, msg: 'it is not swept, which is tried again' });
  });

  it('goes on where the slice before ended, and from the beginning after the last', async () => {
    const seen: string[] = [];
    const ends = ['b', 'd', undefined];
    const { start, stop } = sweeping(async (after) => (seen.push(after), ends[seen.length - 1]), every(1));
    await start();
    await eventually(() => expect(seen.length).toBeGreaterThan(3));
    await stop();
    expect(seen.slice(0, 4)).toEqual(['', 'b', 'd', '']);
  });

  it('waits for the slice in hand when it is stopped, and begins no other', async () => {
    const sweeps: string[] = [];
    let finish = (): void => undefined;
    const { start, stop } = sweeping((_, stopping) => {
      sweeps.push('begun');
      return new Promise<void>((resolve) => {
        finish = resolve;
      }).then(() => void sweeps.push(stopping.aborted ? 'ended, told to stop' : 'ended'));
    }, every(1));
    await start();
    const stopped = stop();
    finish();
    await stopped;
    expect(sweeps).toEqual(['begun', 'ended, told to stop']);
  });

  it('need not have begun to be stopped', async () => {
    await expect(sweeping(() => Promise.reject(new Error('it must not run')), every(1)).stop()).resolves.toBeUndefined();
  });
});
