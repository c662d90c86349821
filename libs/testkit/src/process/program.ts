import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { codeOf } from '@cartage/eventsourcing';
import { guard } from './guard';
import { keepOutput, type KeptOutput, type Output } from './output';

export interface ProgramPlan {
  /** A folder of a service, or a `.ts` file of a tool; built before (`node tools/build.cjs`). */
  readonly program: string;
  readonly args?: readonly string[];
  /** All that it is told: nothing of this process's own environment but the path to programs. */
  readonly environment: Readonly<Record<string, string>>;
  /** The workspace whose build it is, and where it runs unless told otherwise; this one without it. */
  readonly workspace?: string;
  /** Where it runs; the workspace without it. */
  readonly folder?: string;
  /** Hears each line while it is said. */
  readonly onLine?: (line: string) => void;
}

/** A built program as a process of its own. */
export interface Program {
  readonly name: string;
  readonly pid: number;
  readonly output: Output;
  /** Its exit code; 128 + n when signal n ended it. */
  readonly ended: Promise<number>;
  hasEnded(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Tells it to stop. Fails, with its last words, unless it then ends with code 0 and in time. */
  stop(withinMs?: number): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/** Longer than any program gives itself. */
const STOP_MS = 90_000;
const LAST_LINES = 40;

const entryOf = (workspace: string, program: string): string =>
  join(workspace, 'dist', program.endsWith('.ts') ? program.replace(/\.ts$/, '.js') : join(program, 'src', 'main.js'));

/** Starts a built program under a guard, so that it ends when this process does. */
export const startProgram = async (plan: ProgramPlan): Promise<Program> => {
  const { program, args = [], environment, workspace = process.cwd(), folder = workspace } = plan;
  const command = [process.execPath, entryOf(workspace, program), ...args];
  const child = spawn('/bin/sh', ['-c', guard, 'sh', ...command], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A terminal's Ctrl-C reaches us only: what we started, we stop, once and in order.
    detached: true,
  });
  const output = keepOutput(program);
  return programOf(child, await listen(child, output, plan.onLine), output);
};

/** Keeps what it says; done when the guard has said the process id. */
const listen = async ({ stdout, stderr }: ChildProcess, output: KeptOutput, onLine: ProgramPlan['onLine']): Promise<number> => {
  if (!stdout || !stderr) throw new Error('A program was started without a way to hear of it.');
  const lines = createInterface({ input: stdout });
  const [pid] = (await once(lines, 'line')) as [string];
  const hear = (line: string): void => {
    output.add(`${line}\n`);
    onLine?.(line);
  };
  lines.on('line', hear);
  createInterface({ input: stderr as Readable }).on('line', hear);
  return Number(pid);
};

const programOf = (child: ChildProcess, pid: number, output: Output): Program => {
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? 1);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const signal = (name: NodeJS.Signals): void => {
    if (hasEnded()) return;
    try {
      process.kill(pid, name);
    } catch (error) {
      // It has ended by itself, and its guard is about to say so.
      if (codeOf(error) !== 'ESRCH') throw error;
    }
  };
  const { name } = output;
  return {
    name,
    pid,
    output,
    ended,
    hasEnded,
    signal,
    stop: async (withinMs = STOP_MS) => {
      signal('SIGTERM');
      const code = await within(ended, withinMs);
      if (code !== 0) throw new Error(`${name} ${endingOf(code, withinMs)}. It said last:\n${output.last(LAST_LINES)}`);
    },
    kill: async () => {
      signal('SIGKILL');
      await ended;
    },
  };
};

const endingOf = (code: number | undefined, withinMs: number): string =>
  code === undefined ? `did not stop within ${withinMs} ms` : `ended with code ${code} and not 0 when it was told to stop`;

const within = async <Value>(work: Promise<Value>, ms: number): Promise<Value | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
