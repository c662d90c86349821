import { execFileSync } from 'node:child_process';

/** Whom Postgres runs as. It refuses to be root: then it is the `postgres` user, or `nobody` where there is none. */
export interface Account {
  readonly name: string;
  /** Empty: the user of this process. */
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

const idOf = (flag: '-u' | '-g', user: string): number =>
  Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());

const lookUp = (name: string): Account | undefined => {
  try {
    return { name, ids: { uid: idOf('-u', name), gid: idOf('-g', name) } };
  } catch {
    // `id` fails for a user that does not exist: that is the answer.
    return undefined;
  }
};

export const account = (): Account => {
  if (process.getuid?.() !== 0) return { name: 'this user', ids: {} };
  return lookUp('postgres') ?? lookUp('nobody') ?? { name: 'uid 65534', ids: { uid: 65534, gid: 65534 } };
};
