import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedPackage } from './licences';

interface Locked {
  /** Where it is called otherwise here than at the registry. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: unknown;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** The forms in which packages have said it over the years. */
const saidIn = ({ license, licenses }: { readonly license?: unknown; readonly licenses?: unknown }): string | undefined => {
  if (typeof license === 'string') return license;
  const all = [license, licenses]
    .flat()
    .flatMap((each) => (typeof each === 'object' && each !== null && 'type' in each && typeof each.type === 'string' ? [each.type] : []));
  return all.length > 0 ? all.join(' OR ') : undefined;
};

const installed = (folder: string): string | undefined => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? saidIn(JSON.parse(readFileSync(file, 'utf8')) as object) : undefined;
};

/** Every package that the lock file names, for other machines, too; what it does not say of a licence the package itself does, where it is installed. */
export const lockedPackages = (root: string): readonly LockedPackage[] => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> };
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { name, version = '', license, dev = false }]) => ({
      ...{ name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version, dev },
      isInstalled: existsSync(join(root, path, 'package.json')),
      licence: saidIn({ license }) ?? installed(join(root, path)),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
};
