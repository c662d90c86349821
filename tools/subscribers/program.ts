import { spawn } from 'node:child_process';
import type { Program } from './gap-test';

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
  return {
    printed: () => text,
    ended: new Promise((resolve) => child.once('close', resolve)),
    stop: () => void child.kill('SIGTERM'),
  };
};
