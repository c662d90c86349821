import { spawn } from 'node:child_process';
import type { Program } from './gap-test';

/** Whoever has not ended by then never will. */
const STOP_MS = 20_000;

/** Runs a program, and listens to what it prints. */
export const runProgram = (
  command: readonly [string, ...string[]],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Program => {
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    printed: () => text,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(late);
    },
  };
};
