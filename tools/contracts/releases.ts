import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { breaksOf, contracts, nameOf, schemaOf, type JsonSchema } from '@cartage/contracts';

const FOLDER = 'libs/contracts/schemas';

/** The schemas of a set of contracts, by their names such as `OrderPlaced.v1`. */
export type Schemas = ReadonlyMap<string, JsonSchema>;

/** The contracts as they were released under a tag such as `v0.1.0`. */
export interface Release {
  readonly version: string;
  readonly schemas: Schemas;
}

const git = (args: readonly string[], input = ''): Buffer =>
  execFileSync('git', [...args], { input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });

/** What `git cat-file --batch` answers: of each file a line that ends with its size, the file, and a line break. */
const filesIn = (answer: Buffer): readonly Buffer[] => {
  const files: Buffer[] = [];
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf('\n', at);
    const size = Number(answer.toString('utf8', at, end).split(' ').at(-1));
    files.push(answer.subarray(end + 1, end + 1 + size));
    at = end + size + 2;
  }
  return files;
};

const schemasAt = (tag: string): Schemas => {
  const paths = git(['ls-tree', '-r', '--name-only', tag, '--', FOLDER]).toString().split('\n').filter(Boolean);
  const files = filesIn(git(['cat-file', '--batch'], paths.map((path) => `${tag}:${path}\n`).join('')));
  return new Map(
    paths.map((path, i) => [path.slice(FOLDER.length + 1).replace(/\.json$/, ''), JSON.parse(String(files[i])) as JsonSchema]),
  );
};

/** Tags of releases that led to what is here, newest first; none where this is no clone of a repository. */
const tags = (): readonly string[] => {
  try {
    return git(['tag', '--merged', 'HEAD', '--list', 'v[0-9]*', '--sort=-version:refname']).toString().split('\n').filter(Boolean);
  } catch {
    return [];
  }
};

/** Every release that there was, newest first. */
export const releasesIn = (): readonly Release[] => tags().map((tag) => ({ version: tag.slice(1), schemas: schemasAt(tag) }));

export const schemasHere = (): Schemas => new Map(contracts.map((contract) => [nameOf(contract), schemaOf(contract)]));

export const versionHere = (): string => (JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }).version;

/** Every way in which the contracts that are here could surprise who reads those of the last release, a line each. */
export const breaksSince = ([last]: readonly Release[], here: Schemas = schemasHere()): readonly string[] =>
  [...(last?.schemas ?? [])].flatMap(([name, released]) => {
    const current = here.get(name);
    return current ? breaksOf(released, current).map((line) => `${name}: ${line}`) : [`${name}: the whole event is gone`];
  });
