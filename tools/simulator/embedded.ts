import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { get } from 'node:http';
import { awaited } from './patience';
import { Trouble } from './problem';

/** A whole Cartage on a database of its own, thrown away at the end. */
export interface ThrowAway {
  readonly url: string;
  /** Its Postgres, as it says itself. */
  readonly databaseUrl: string;
  /** Ends when the process does. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const START_MS = 120_000;
const STOP_MS = 20_000;
const KEPT_OUTPUT = 4_000;
const POSTGRES_URL = /postgres:\/\/\S+/;

type Environment = Readonly<Record<string, string>>;

/** The program may run from source or from dist/: both lie below the workspace. */
const workspace = (folder = __dirname): string => (existsSync(join(folder, 'nx.json')) ? folder : workspace(dirname(folder)));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const isReady = (url: string): Promise<true | undefined> =>
  new Promise((resolve) => {
    get(`${url}/health/ready`, (answer) => resolve(answer.resume().statusCode === 200 ? true : undefined)).on('error', () =>
      resolve(undefined),
    );
  });

/** What Node, Postgres and their libraries need to know of the machine. */
const ofTheMachine =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|NODE_\w+|LD_LIBRARY_PATH|DYLD_\w+|SystemRoot|windir|ComSpec|PATHEXT)$/i;

/** No setting of the surroundings, by itself or by a file, may lead a throw-away Cartage to a database, a mail server, a channel or a provider that somebody needs. */
export const environmentFor = (
  surroundings: NodeJS.ProcessEnv,
  place: { readonly folder: string; readonly port: number },
  more: Environment = {},
) => ({
  ...Object.fromEntries(Object.entries(surroundings).filter(([name]) => ofTheMachine.test(name))),
  ...{ CARTAGE_DIR: place.folder, HOST: '127.0.0.1', PORT: String(place.port), LOG_LEVEL: 'warn', AUDIT_ENABLED: 'true' },
  ...more,
});

const tailOf = (child: ChildProcess): (() => string) => {
  let tail = '';
  const keep = (chunk: Buffer): void => void (tail = (tail + chunk.toString()).slice(-KEPT_OUTPUT));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => tail.trim();
};

const stopping = (child: ChildProcess, ended: Promise<void>, folder: string) => async (): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(impatient);
  rmSync(folder, { recursive: true, force: true });
};

const giveUp = (): never => {
  throw new Trouble('Interrupted before Cartage was ready.');
};

interface Wanted {
  /** Settings beside, or instead of, the usual ones. */
  readonly environment?: Environment;
  readonly unwanted?: Promise<void>;
}

/** Starts the embedded system as a process and waits until it is ready, or until somebody does not want it any more. */
export const startThrowAway = async ({ environment = {}, unwanted = new Promise(() => undefined) }: Wanted = {}): Promise<ThrowAway> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-demo-'));
  // As root, Postgres runs as another user, who must reach the folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(workspace(), 'tools/run.cjs'), 'services/embedded'], {
    cwd: workspace(),
    env: environmentFor(process.env, { folder, port }, environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = tailOf(child);
  const ended = once(child, 'exit').then(() => undefined);
  const stop = stopping(child, ended, folder);
  const died = ended.then(() => {
    throw new Trouble(`Cartage did not start:\n${tail()}`);
  });
  const ready = async (): Promise<string> => {
    await awaited('Cartage to be ready', () => isReady(url), START_MS);
    return awaited('the address of its Postgres', async () => POSTGRES_URL.exec(tail())?.[0]);
  };
  try {
    const databaseUrl = await Promise.race([ready(), died, unwanted.then(giveUp)]);
    // From here on, its end is told by `ended`.
    died.catch(() => undefined);
    return { url, databaseUrl, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
