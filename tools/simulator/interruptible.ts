import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Trouble } from '../client/client';
import { runProgram, say } from './terminal';

/** In a folder of its own, gone afterwards unless somebody wants to look at it. */
export const withFolder = async <Result>(keep: boolean, use: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-trial-'));
  // As root, Postgres runs as another user, who must reach the folder.
  chmodSync(folder, 0o755);
  try {
    return await use(folder);
  } finally {
    if (keep) say(`What every process said, and all data, is in ${folder}.`);
    else rmSync(folder, { recursive: true, force: true });
  }
};

/** Ctrl-C, or being told to stop. More of it changes nothing: what was started is being stopped, and nobody else would do that. */
const interruption = (): AbortSignal => {
  const aborting = new AbortController();
  const abort = (): void => aborting.abort();
  process.on('SIGINT', abort).on('SIGTERM', abort);
  return aborting.signal;
};

/** The work, unless somebody interrupts it: then what it is waiting for will not come any more. */
export const unlessInterrupted = <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> =>
  new Promise((resolve, reject) => {
    const interrupted = (): void => reject(new Trouble('Interrupted.'));
    if (signal.aborted) interrupted();
    signal.addEventListener('abort', interrupted);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', interrupted));
  });

/** Runs a program; one that was interrupted ends at once when it has stopped all that it had started. */
export const runInterruptible = (usage: string, main: (signal: AbortSignal) => Promise<number>): void => {
  const signal = interruption();
  runProgram(usage, () =>
    main(signal).finally(() => {
      if (!signal.aborted) return;
      say('Interrupted; no process is left of it.');
      process.exit(130);
    }),
  );
};
