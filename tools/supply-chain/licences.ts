/** A package that the lock file names. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** As it says itself; nothing where it does not. */
  readonly licence: string | undefined;
  /** Whether it is needed to build and test only. */
  readonly dev: boolean;
  /** Those of other machines are not. */
  readonly isInstalled: boolean;
}

/**
 * What may be in Cartage: licences that ask for no more than their text beside the copy. Those of fonts and of data are for what is printed and looked up, not linked.
 */
export const allowed: ReadonlySet<string> = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MIT-0',
    'Python-2.0',
    'Unlicense',
    'Zlib',
  ],
  ...['CC-BY-4.0', 'ODbL-1.0', 'OFL-1.1'],
]);

/** What builds and tests Cartage, beside that, and is no part of it: changes to their own files would have to be shown, and there are none. */
export const allowedForTools: ReadonlySet<string> = new Set([...allowed, 'MPL-2.0']);

/** Of those that say it in no form that SPDX knows: read by a person, in the file that is named, at this version. */
export const readByHand: Readonly<Record<string, { readonly licence: string; readonly where: string }>> = {
  'png-js@2.0.0': { licence: 'MIT', where: 'its file LICENSE' },
  'slick@1.12.2': { licence: 'MIT', where: 'its package.json: MIT (http://mootools.net/license.txt)' },
};

const unwrapped = (text: string): string => {
  const trimmed = text.trim();
  return trimmed.startsWith('(') && trimmed.endsWith(')') && !trimmed.slice(1, -1).includes('(') ? trimmed.slice(1, -1) : trimmed;
};

/** SPDX expressions of one level: all of `AND`, one of `OR`. What is more involved is unknown, and a person looks. */
export const isAllowed = (expression: string, among = allowed): boolean => {
  const plain = unwrapped(expression);
  if (plain.includes(' OR ')) return plain.split(' OR ').some((each) => isAllowed(each, among));
  return plain.split(' AND ').every((each) => among.has(each.trim()));
};

export interface Licensed extends LockedPackage {
  readonly shown: string;
  readonly isFine: boolean;
}

export const licensed = (each: LockedPackage): Licensed => {
  const byHand = readByHand[`${each.name}@${each.version}`];
  const licence = byHand?.licence ?? each.licence;
  return {
    ...each,
    shown: byHand ? `${byHand.licence} (${byHand.where})` : (each.licence ?? 'none'),
    isFine: licence !== undefined && isAllowed(licence, each.dev ? allowedForTools : allowed),
  };
};

/** What was read by hand of a package, or a version of it, that there is no more. */
export const stale = (packages: readonly LockedPackage[]): readonly string[] => {
  const there = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  return Object.keys(readByHand).filter((known) => !there.has(known));
};

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const licenceList = (packages: readonly Licensed[]): string =>
  [
    'package,version,licence,needed for',
    ...packages.map(({ name, version, shown, dev }) =>
      [name, version, shown, dev ? 'building and testing' : 'running'].map(cell).join(','),
    ),
    '',
  ].join('\n');
