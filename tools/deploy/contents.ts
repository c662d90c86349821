import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file below a folder, in one order on every machine. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .toSorted();

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** One hash over names, rights and contents: two builds of the same commit have the same. */
export const digestOf = (folder: string): string => {
  const lines = filesBelow(folder).map((file) => {
    const path = join(folder, file);
    return `${(statSync(path).mode & 0o777).toString(8)} ${hashOf(path)} ${file}\n`;
  });
  return createHash('sha256').update(lines.join('')).digest('hex');
};

/** Files of the one that the other lacks, or has otherwise. */
export const otherwise = (folder: string, than: string): readonly string[] =>
  filesBelow(folder).filter((file) => !existsSync(join(than, file)) || hashOf(join(folder, file)) !== hashOf(join(than, file)));

export const megabytesOf = (folder: string): number =>
  filesBelow(folder).reduce((bytes, file) => bytes + statSync(join(folder, file)).size, 0) / 1024 ** 2;

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
}

const lockedPackages = (lockFile: string): Readonly<Record<string, Locked>> =>
  (JSON.parse(readFileSync(lockFile, 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> }).packages;

/** Packages below `root` that the lock file does not name for production, or names in another version. */
export const notOfTheLockFile = (root: string, lockFile: string): readonly string[] => {
  const locked = lockedPackages(lockFile);
  return filesBelow(join(root, 'node_modules'))
    .map((file) => `node_modules/${file}`)
    .filter((file) => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file))
    .filter((file) => {
      const { version, dev } = locked[file.replace(/\/package\.json$/, '')] ?? {};
      const found = JSON.parse(readFileSync(join(root, file), 'utf8')) as Locked;
      return version === undefined || dev === true || version !== found.version;
    });
};
