import { eventually } from '@cartage/testkit';
import { sweeping } from './recovery-timer';

describe('a sweep that runs again and again', () => {
  it('goes on after a fault', async () => {
    let sweeps = 0;
    const faults: unknown[] = [];
    const timer = sweeping(
      async () => {
        sweeps += 1;
        throw new Error('the database is away');
      },
      { everyMs: 1, onFault: (error) => faults.push(error) },
    );
    await timer.start();
    await eventually(() => expect(faults.length).toBeGreaterThan(2));
    await timer.stop();
    expect(faults).toHaveLength(sweeps);
  });

  it('waits for the sweep in hand when it is stopped, and begins no other', async () => {
    const sweeps: string[] = [];
    let finish = (): void => undefined;
    const timer = sweeping(
      (signal) => {
        sweeps.push('begun');
        return new Promise<void>((resolve) => {
          finish = resolve;
        }).then(() => void sweeps.push(signal.aborted ? 'ended, told to stop' : 'ended'));
      },
      { everyMs: 1, onFault: () => undefined },
    );
    await timer.start();
    await eventually(() => expect(sweeps).toEqual(['begun']));
    const stopped = timer.stop();
    finish();
    await stopped;
    expect(sweeps).toEqual(['begun', 'ended, told to stop']);
  });

  it('need not have begun to be stopped', async () => {
    const timer = sweeping(() => Promise.reject(new Error('it must not run')), {
      everyMs: 60_000,
      onFault: (error) => expect(error).toBeUndefined(),
    });
    await timer.start();
    await expect(timer.stop()).resolves.toBeUndefined();
  });
});
