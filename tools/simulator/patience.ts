import { setTimeout as pause } from 'node:timers/promises';
import { Problem, Trouble } from './problem';

/** As long as a machine may be busy with something else, or services are started again. */
const PATIENCE_MS = 180_000;
const PAUSE_MS = 50;
const STUCK_MS = 60_000;

/** Asks again while Cartage refuses with one of these codes, because it has not heard of something yet. */
export const patiently = async <Result>(ask: () => Promise<Result>, early: readonly string[]): Promise<Result> => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Problem) || !early.includes(error.code) || Date.now() > end) throw error;
      await pause(PAUSE_MS);
    }
  }
};

/** Looks again and again until something is there. */
export const awaited = async <Result>(what: string, look: () => Promise<Result | undefined>, patienceMs = PATIENCE_MS): Promise<Result> => {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Trouble(`Waited ${Math.round(patienceMs / 1000)} s in vain for ${what}.`);
    await pause(PAUSE_MS);
  }
};

/** Waits while there is progress: `look` tells how far things are, and the wait ends at `goal`, or when nothing moved for so long. */
export const reaching = async (what: string, goal: number, look: () => Promise<number>, stuckMs = STUCK_MS): Promise<void> => {
  let best = -1;
  for (let stuckSince = Date.now(); best < goal;) {
    const now = await look();
    if (now > best) [best, stuckSince] = [now, Date.now()];
    if (best < goal && Date.now() - stuckSince > stuckMs)
      throw new Trouble(`${what}: ${best} of ${goal}, and nothing moved for ${Math.round(stuckMs / 1000)} s.`);
    if (best < goal) await pause(PAUSE_MS * 2);
  }
};

/** Looks until it sees the same twice: whatever was still on its way has arrived. */
export const steady = async <Result>(look: () => Promise<Result>): Promise<Result> => {
  let before = await look();
  return awaited('things to come to rest', async () => {
    await pause(10 * PAUSE_MS);
    const now = await look();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
    return undefined;
  });
};
