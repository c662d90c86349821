import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Away, codeOf } from '@cartage/eventsourcing';
import type { FileStore, NewFile } from '../../app/reports/ports';

/** A disk that is full, or a share that is not mounted, is somebody else’s to mend; the report is not at fault. */
const reached = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw new Away(`The folder of reports ${folder} cannot be used (${codeOf(error) ?? 'unknown'}).`, { cause: error });
  }
};

/** Written beside its place, and put there at once when it is whole and on the disk. */
const newFile = (folder: string, path: string, unfinished: string, handle: FileHandle): NewFile => ({
  write: (bytes) =>
    reached(folder, async () => {
      // Behind what is there, all of it: one write may take less, and says so.
      await handle.writeFile(bytes);
    }),
  finish: () =>
    reached(folder, async () => {
      await handle.sync();
      await handle.close();
      await rename(unfinished, path);
    }),
  abort: async () => {
    await handle.close().catch(() => undefined);
    await rm(unfinished, { force: true });
  },
});

const isThere = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

export const folderStore = (folder: string): FileStore => ({
  create: (name) =>
    reached(folder, async () => {
      const path = join(folder, name);
      const unfinished = join(dirname(path), `.${randomUUID()}.part`);
      await mkdir(dirname(path), { recursive: true });
      return newFile(folder, path, unfinished, await open(unfinished, 'wx'));
    }),
  read: async (name) => ((await isThere(join(folder, name))) ? createReadStream(join(folder, name)) : undefined),
  remove: (name) => reached(folder, () => rm(join(folder, name), { force: true })),
});
