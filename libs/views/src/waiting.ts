import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Progress } from './progress';
import { readStates } from './registry';
import type { ViewRunner } from './runner';

const firstPauseMs = 10;
const longestPauseMs = 100;

/**
 * Waits for views. Those that this process runs tell by themselves; for those that another process runs one query looks for everybody who
 * waits, and only while somebody does.
 */
export const waitingFor = (pool: Pool, progress: Progress): ViewRunner['reached'] => {
  let looking = false;
  const look = async (): Promise<void> => {
    looking = true;
    for (let ms = firstPauseMs; progress.awaited.length > 0; ms = Math.min(ms * 2, longestPauseMs)) {
      await pause(ms);
      await lookOnce(pool, progress);
    }
    looking = false;
  };
  return async (view, position, { timeoutMs = 5_000 } = {}) => {
    if (progress.has(view, position)) return;
    const reached = progress.until(view, position, timeoutMs);
    if (!looking) void look();
    await reached;
  };
};

const lookOnce = async (pool: Pool, progress: Progress): Promise<void> => {
  const { awaited } = progress;
  if (awaited.length === 0) return;
  // A database that cannot be asked now is asked again; who waits too long is told so.
  const states = await readStates(pool, awaited).catch(() => new Map());
  for (const { name, position } of states.values()) progress.saw(name, position);
};
