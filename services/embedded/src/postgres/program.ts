import { spawn, spawnSync } from 'node:child_process';
import type { Account } from './account';

// The folder that we stand in may be closed to the account that Postgres runs as.
const optionsFor = ({ ids }: Account): { readonly cwd: string; readonly stdio: ['ignore', 'pipe', 'pipe'] } => ({
  ...ids,
  cwd: '/',
  stdio: ['ignore', 'pipe', 'pipe'],
});

/** Runs one of Postgres' programs to its end; fails with what it printed. */
export const run = (program: string, args: readonly string[], as: Account): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, optionsFor(as));
    let printed = '';
    const collect = (chunk: Buffer): void => {
      printed += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    // `exit` and not `close`: a started server keeps the pipes of pg_ctl open for as long as it lives.
    child.once('exit', (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      if (code === 0) resolve(printed);
      else reject(new Error(lastLines(printed) || `${program} ended with code ${code}`));
    });
  });

/** The same, at the very end of a process, where nothing can be awaited. */
export const runNow = (program: string, args: readonly string[], { ids }: Account): void => {
  spawnSync(program, args, { ...ids, cwd: '/', stdio: 'ignore', timeout: 10_000 });
};

const lastLines = (printed: string): string => printed.trim().split('\n').slice(-3).join(' ').trim();
