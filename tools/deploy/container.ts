import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from './building';

/** The words that run a command with ordinary rights, and as process 1 of its own, as far as this machine lets us. */
export interface Isolation {
  readonly words: readonly string[];
  /** What of it this machine allows, for people. */
  readonly about: string;
}

const works = (command: string, args: readonly string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const asUser = (user: string): readonly string[] => ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs'];
const asFirst: readonly string[] = ['unshare', '--pid', '--fork', '--kill-child'];

const allowed = (words: readonly string[]): readonly string[] => {
  const [command = '', ...args] = words;
  return works(command, [...args, 'true']) ? words : [];
};

export const isolationFor = ({ user }: Image): Isolation => {
  const [first, ordinary] = [allowed(asFirst), allowed(asUser(user))];
  const about = [
    ordinary.length > 0 ? `as user ${user}` : 'as the user of this machine',
    first.length > 0 ? 'as process 1' : 'not as process 1',
  ];
  return { words: [...first, ...ordinary], about: about.join(', ') };
};

type Settings = Readonly<Record<string, string>>;

const spawnIn = (image: Image, isolation: Isolation, command: readonly string[], settings: Settings): ChildProcess => {
  const [program = '', ...args] = [...isolation.words, ...command];
  return spawn(program, args, {
    cwd: join(image.root, image.workdir),
    // All that a container would find, and the way to programs.
    env: { PATH: process.env['PATH'], ...image.environment, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};

/** What an image started. */
export interface Container {
  readonly image: Image;
  readonly settings: Settings;
  /** Its exit code; 128 for one that a signal ended. */
  readonly ended: Promise<number>;
  hasEnded(): boolean;
  /** The process id of the program itself, seen from here. */
  pid(): number;
  lastLines(): string;
}

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

/** `unshare` stays, as the parent of process 1. */
const programOf = (child: ChildProcess, { words }: Isolation): number => {
  const { pid = 0 } = child;
  return words[0] === 'unshare' ? (childrenOf(pid)[0] ?? pid) : pid;
};

/** Starts what the image starts, or another command in it. */
export const startContainer = (image: Image, isolation: Isolation, settings: Settings, command = image.command): Container => {
  const child = spawnIn(image, isolation, command, settings);
  let said = '';
  const hear = (chunk: Buffer): void => void (said = `${said}${String(chunk)}`.slice(-4_000));
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return {
    image,
    settings,
    ended: once(child, 'close').then(([code]: (number | null)[]) => code ?? 128),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    pid: () => programOf(child, isolation),
    lastLines: () => said.trimEnd().split('\n').slice(-15).join('\n'),
  };
};

/** Whether the image finds itself well: its own HEALTHCHECK. */
export const isHealthy = async (container: Container, isolation: Isolation): Promise<boolean> => {
  const { image, settings } = container;
  return (await startContainer(image, isolation, settings, image.healthcheck).ended) === 0;
};

/** In megabytes. */
export const memoryOf = (container: Container): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${container.pid()}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Files of the image that its program could change. */
export const writableFiles = (image: Image, { words }: Isolation): readonly string[] => {
  const ordinary = words.filter((word) => !asFirst.includes(word));
  const [program = '', ...args] = [...ordinary, 'find', '.', '!', '-type', 'l', '-writable', '-print'];
  return execFileSync(program, args, { cwd: image.root, encoding: 'utf8' }).split('\n').filter(Boolean);
};
