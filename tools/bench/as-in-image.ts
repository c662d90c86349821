import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDockerfile } from '../deploy/building';
import { assignmentsIn } from '../deploy/dockerfile';

const DOCKERFILE = 'deploy/docker/service.Dockerfile';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/** Folders of what a service may load: packages that the lock file names for production. Those inside of others come with them. */
const librariesHere = (): readonly string[] => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  return Object.keys(packages).filter(
    (path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && packages[path]?.dev !== true && existsSync(path),
  );
};

/** Hard links, where the file system of the folder is this one's. */
const copy = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true });
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
  } catch {
    execFileSync('cp', ['-a', from, to]);
  }
};

/** Lays out the program and its libraries as an image has them (deploy/docker/service.Dockerfile), without asking a registry for what is here already. */
export const layOutAsInImage = (folder: string): void => {
  copy('dist', join(folder, 'dist'));
  for (const path of librariesHere()) copy(path, join(folder, path));
  const libraries = join(folder, 'node_modules');
  execFileSync('find', [libraries, '-type', 'f', '-name', '*.map', '-delete']);
  execFileSync(process.execPath, ['tools/shrink.cjs', libraries]);
};

/** What the image gives to Node and to its allocator. */
export const environmentOfImage = (): Readonly<Record<string, string>> => {
  const given = (readDockerfile(DOCKERFILE).stages.at(-1)?.steps ?? []).flatMap(({ name, text }) =>
    name === 'ENV' ? assignmentsIn(text) : [],
  );
  return Object.fromEntries(given.filter(([name]) => /^(NODE_|MALLOC_)/.test(name)));
};
