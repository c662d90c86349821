import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** A disk of its own for a folder, which can be filled. */
export interface SmallDisk {
  /** Takes all the room that is left, until it is emptied. */
  fill(): void;
  empty(): void;
  /** The folder is an ordinary one again: without what was written, or with it. */
  remove(options: { readonly keep: boolean }): void;
}

const run = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const BALLAST = 'ballast';
const STEP = 256 * 1024;
const TRIES = 200;

/** Others write meanwhile: a little less, until it fits. */
const fillUp = (folder: string, ballast: string): void => {
  const { bavail, bsize } = statfsSync(folder);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const size = bavail * bsize - tries * STEP;
    if (size <= 0 || run('fallocate', '-l', String(size), ballast)) return;
  }
  throw new Error(`${folder} could not be filled.`);
};

/** In memory, mounted on this folder. Nothing where that may not be done: it takes root, on Linux. */
export const smallDiskOn = (folder: string, megabytes: number): SmallDisk | undefined => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  mkdirSync(folder, { recursive: true });
  if (!run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) return undefined;
  // Whoever else runs Postgres for us must be able to come in.
  chmodSync(folder, 0o755);
  const ballast = join(folder, BALLAST);
  const empty = (): void => rmSync(ballast, { force: true });
  return {
    fill: () => fillUp(folder, ballast),
    empty,
    remove: ({ keep }) => {
      empty();
      const kept = `${folder}.kept`;
      const isKept = keep && run('cp', '-a', folder, kept);
      run('umount', '-l', folder);
      if (!keep) return;
      if (!isKept) throw new Error(`What was in ${folder} could not be kept: is there room for it beside?`);
      rmdirSync(folder);
      renameSync(kept, folder);
    },
  };
};
