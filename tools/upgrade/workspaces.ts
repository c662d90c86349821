import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

const COMMITS_BEFORE = 20;

const lastTag = (): string | undefined => {
  try {
    return git('describe', '--tags', '--abbrev=0');
  } catch {
    return undefined;
  }
};

/** What the version before is: as asked for, else the last release. */
export const versionBefore = (from: string | undefined): { readonly ref: string; readonly commit: string } => {
  const ref = from ?? lastTag() ?? `HEAD~${COMMITS_BEFORE}`;
  try {
    return { ref, commit: git('rev-parse', '--verify', `${ref}^{commit}`) };
  } catch (error) {
    throw new Trouble(`--from ${ref} is no commit of this repository: ${messageOf(error).split('\n')[0]}`, { cause: error });
  }
};

const build = (workspace: string): void => void execFileSync(process.execPath, ['tools/build.cjs'], { cwd: workspace, stdio: 'inherit' });

/** Builds this workspace, and answers with its folder. */
export const builtHere = (): string => {
  const here = resolve('.');
  build(here);
  return here;
};

/** Builds another commit in a folder of its own, with the packages of this one. */
export const builtAt = (commit: string, folder: string): string => {
  const workspace = join(folder, 'before');
  mkdirSync(workspace);
  const sources = execFileSync('git', ['archive', commit], { maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', workspace], { input: sources });
  symlinkSync(resolve('node_modules'), join(workspace, 'node_modules'));
  build(workspace);
  return workspace;
};

/** Whether a version has this service at all. */
export const hasService = (workspace: string, service: string): boolean => existsSync(join(workspace, 'services', service));
