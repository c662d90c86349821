import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client, escapeLiteral } from 'pg';
import { account, type Account } from './account';
import { binaries, type Binaries } from './binaries';
import { lockFolder } from './folder-lock';
import { freePort } from './port';
import { run, runNow } from './program';
import { troubleWith } from './trouble';

export interface ClusterOptions {
  /** Where everything is kept; made if it is not there. */
  readonly folder: string;
  /** Wanted port; another one is taken if it is busy. */
  readonly port: number;
  /** One line for each unusual thing that was found and mended. */
  readonly say: (line: string) => void;
}

export interface Cluster {
  readonly url: string;
  /** The same as somebody who may log in, and read what services grant: whoever asks the numbers. */
  readonly analystUrl: string;
  /** The processes of the server, its first one first; none while it is down. */
  processes(): readonly number[];
  /** Starts it again, on its data and its port, after it ended otherwise than by `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Place {
  readonly folder: string;
  readonly data: string;
  readonly as: Account;
  readonly programs: Binaries;
}

const user = 'cartage';
const database = 'cartage';
const analyst = 'cartage_analyst';

const flags = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=256MB',
  'max_wal_size=2GB',
  'checkpoint_timeout=15min',
  'jit=off',
  'log_min_messages=warning',
  'timezone=UTC',
];

/**
 * Starts the embedded Postgres on `folder`: made on the first start, found again on every later one. A server that an earlier Cartage
 * left behind (SIGKILL) is stopped first; Postgres then recovers by itself.
 */
export const startCluster = async ({ folder: wanted, port: wantedPort, say }: ClusterOptions): Promise<Cluster> => {
  const folder = resolve(wanted);
  const place: Place = { folder, data: join(folder, 'postgres'), as: account(), programs: binaries() };
  makeFolder(place);
  const unlock = await lockFolder(folder);
  try {
    const password = passwordOf(folder);
    await stopLeftover(place, say);
    if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(place, password);
    const port = await freePort(wantedPort);
    await startServer(place, port);
    const url = `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
    const stop = stopping(place, unlock);
    await createDatabase(url);
    const analystUrl = await makeAnalyst(url, password);
    return { url, analystUrl, stop, processes: () => processesOn(place), start: () => startAgain(place, port, say) };
  } catch (error) {
    unlock();
    throw error;
  }
};

const makeFolder = ({ folder }: Place): void => {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, '.writable');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw troubleWith(`The data folder ${folder} cannot be written`, 'Make it writable, or set CARTAGE_DIR to another folder.', error);
  }
};

const passwordOf = (folder: string): string => {
  const file = join(folder, 'postgres.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
};

/** Made beside and renamed, so that a start that was interrupted leaves nothing half-made behind. */
const initialise = async ({ folder, data, as, programs }: Place, password: string): Promise<void> => {
  const fresh = `${data}.new`;
  const passwordFile = join(fresh, 'pw');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(join(fresh, 'data'), { recursive: true });
  writeFileSync(passwordFile, password);
  chmodSync(passwordFile, 0o600);
  if (as.ids.uid !== undefined)
    for (const path of [fresh, join(fresh, 'data'), passwordFile]) chownSync(path, as.ids.uid, as.ids.gid ?? as.ids.uid);
  const args = [
    '-D',
    join(fresh, 'data'),
    '-U',
    user,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
  try {
    await run(programs.initdb, args, as);
  } catch (error) {
    throw troubleWith(`Postgres could not make its data folder under ${folder} as ${as.name}`, reachable(as), error);
  }
  renameSync(join(fresh, 'data'), data);
  rmSync(fresh, { recursive: true, force: true });
};

const reachable = ({ ids }: Account): string =>
  ids.uid === undefined
    ? 'Check the space and the rights of that folder.'
    : 'Root may not run Postgres, and that user must be able to reach both this checkout and the data folder: use a checkout outside /root, or run Cartage as an ordinary user.';

/** The pid of a Postgres that runs on this data folder, if one does. A pid that meanwhile belongs to another program does not count. */
const leftoverPid = (data: string): number | undefined => {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  try {
    const line = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
    return line.includes('postgres') && line.includes(data) ? pid : undefined;
  } catch {
    // ps fails when there is no such process: the file is stale.
    return undefined;
  }
};

/** Every connection has a process of its own below the server's. */
const processesOn = ({ data }: Place): readonly number[] => {
  const pid = leftoverPid(data);
  if (pid === undefined) return [];
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return [pid, ...stdout.split('\n').map(Number).filter(Boolean)];
};

const startAgain = async (place: Place, port: number, say: ClusterOptions['say']): Promise<void> => {
  await stopLeftover(place, say);
  await startServer(place, port);
};

const stopLeftover = async ({ data, as, programs }: Place, say: ClusterOptions['say']): Promise<void> => {
  const pid = leftoverPid(data);
  if (pid === undefined) return rmSync(join(data, 'postmaster.pid'), { force: true });
  say(`Found a Postgres (process ${pid}) that an earlier Cartage left behind; stopping it. Its data is kept.`);
  await run(programs.pgCtl, ['stop', '-D', data, '-m', 'fast', '-w', '-t', '30'], as);
};

const startServer = async ({ data, as, programs }: Place, port: number): Promise<void> => {
  const log = join(data, 'server.log');
  const options = ['-p', String(port), ...flags.flatMap((flag) => ['-c', `'${flag}'`])].join(' ');
  try {
    await run(programs.pgCtl, ['start', '-D', data, '-l', log, '-w', '-t', '60', '-o', options], as);
  } catch (error) {
    throw troubleWith(`The embedded Postgres did not start on ${data}`, `Its log is ${log}. ${reachable(as)}`, error);
  }
};

const stopping = ({ data, as, programs }: Place, unlock: () => void): (() => Promise<void>) => {
  const args = ['stop', '-D', data, '-m', 'fast', '-w', '-t', '30'];
  const atExit = (): void => runNow(programs.pgCtl, args, as);
  process.once('exit', atExit);
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= run(programs.pgCtl, args, as).then(() => {
      process.removeListener('exit', atExit);
      unlock();
    });
    return stopped;
  };
};

/** The password of the analysts follows from that of the database, so that no other file has to be kept; one that a person gave them stays. */
const makeAnalyst = async (url: string, of: string): Promise<string> => {
  const [address, password] = [new URL(url), createHmac('sha256', of).update(analyst).digest('base64url')];
  [address.username, address.password] = [analyst, password];
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [analyst]);
    if (rowCount === 0) await client.query(`create role ${analyst} login password ${escapeLiteral(password)} connection limit 10`);
  } finally {
    await client.end();
  }
  return address.toString();
};

const createDatabase = async (url: string): Promise<void> => {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new Client({ connectionString: server.toString() });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
};
