import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '@cartage/eventsourcing';

/** Runs `work` while no other process of this machine does, by a file that names its holder. A holder that died holds nothing. */
export const exclusively = async (lockFile: string, work: () => Promise<void>): Promise<void> => {
  while (!(await claim(lockFile))) await pause(200);
  try {
    await work();
  } finally {
    await rm(lockFile, { force: true });
  }
};

const claim = async (lockFile: string): Promise<boolean> => {
  try {
    await writeFile(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const holder = Number(await readFile(lockFile, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(lockFile, { force: true });
    return false;
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: nobody has this id (any more).
    return false;
  }
};
