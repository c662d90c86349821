import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './places';

/** A program of Cartage as a process of its own. */
export interface CartageProcess {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process until it says that it is ready. */
  readonly startMs: number;
  stop(): Promise<void>;
}

const READY_MS = 60_000;
/** Those with which `npm start` runs Node. */
const flagsOfStart = (): readonly string[] => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: { readonly start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
};

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

const untilReady = async (child: ChildProcess, url: string, printed: () => string): Promise<void> => {
  const deadline = performance.now() + READY_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`Cartage did not start:\n${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

interface Program {
  readonly name: string;
  readonly flags: readonly string[];
  /** Where `dist` is; here unless given. */
  readonly root?: string;
}

const start = async (
  { name, flags, root = process.cwd() }: Program,
  port: number,
  environment: Readonly<Record<string, string>>,
): Promise<CartageProcess> => {
  const started = performance.now();
  const main = join(root, 'dist', 'services', name, 'src', 'main.js');
  const child = spawn(process.execPath, [...flags, main], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  process.once('exit', () => child.kill('SIGTERM'));
  try {
    await untilReady(child, url, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid ?? 0, startMs: performance.now() - started, stop };
};

/** The embedded system, as `npm start` runs it. */
export const startEmbeddedProcess = async (folder: string, more: Readonly<Record<string, string>> = {}): Promise<CartageProcess> => {
  const [port = 0, postgresPort = 0] = await freePorts(2);
  return start({ name: 'embedded', flags: flagsOfStart() }, port, { CARTAGE_DIR: folder, POSTGRES_PORT: String(postgresPort), ...more });
};

export interface ServiceProcess {
  readonly folder: string;
  readonly flags?: readonly string[];
  readonly root?: string;
  /** Beside what every service needs, or in place of it. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** One service alone; the part of it that takes requests, unless told otherwise. */
export const startServiceProcess = async (
  name: string,
  databaseUrl: string,
  { folder, flags = ['--max-semi-space-size=32'], root = process.cwd(), environment = {} }: ServiceProcess,
): Promise<CartageProcess> => {
  const [port = 0] = await freePorts(1);
  return start({ name, flags, root }, port, {
    DATABASE_URL: databaseUrl,
    CARTAGE_DIR: folder,
    ROLE: 'api',
    LOG_LEVEL: 'error',
    MASTER_KEY: randomBytes(32).toString('base64'),
    ...environment,
  });
};
