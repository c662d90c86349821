import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { Away, codeOf } from '@cartage/eventsourcing';

/** Where files of old events are kept. `Away` while it cannot be reached. */
export interface ArchiveFiles {
  /** For people: where that is. */
  readonly place: string;
  read(name: string): Promise<Buffer | undefined>;
  /** From then on it is there, whole; one of the same name gives way. */
  write(name: string, content: Buffer): Promise<void>;
  /** The names of all files that are there, in their order. */
  list(): Promise<readonly string[]>;
}

const reached = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw new Away(`The folder of archived events ${folder} cannot be used (${codeOf(error) ?? 'unknown'}).`, { cause: error });
  }
};

/** Written beside its place, and put there at once when it is whole and on the disk. */
const written = async (path: string, content: Buffer): Promise<void> => {
  // One process archives a log at a time; what another one left behind unfinished gives way.
  const unfinished = join(dirname(path), `.${basename(path)}.part`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
    await handle.close();
    await rename(unfinished, path);
    await onDisk(dirname(path));
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
};

/** That a file has its name is on the disk, too, before anybody relies on it. */
const onDisk = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const nothingIfMissing = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
};

/** What is unfinished is no file of the archive. */
const namesIn = async (folder: string): Promise<readonly string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((each) => each.isFile() && !each.name.startsWith('.'))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'))
    .toSorted();
};

/** A folder that every process of the service sees. */
export const archiveFolder = (folder: string): ArchiveFiles => ({
  place: folder,
  read: (name) => reached(folder, () => readFile(join(folder, name)).catch(nothingIfMissing)),
  write: (name, content) => reached(folder, () => written(join(folder, name), content)),
  list: () => reached(folder, () => namesIn(folder)),
});
