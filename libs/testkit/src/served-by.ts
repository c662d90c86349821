import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const said = new Set<string>();

/** One JSON line for each server that stood behind a suite. `npm test` empties it first and reports what it finds. */
export const servedByFile = (): string => join(process.cwd(), 'dist', 'tests-served-by.jsonl');

/** Says once which server stood behind a suite, so that the reader of a test report knows what it proves. */
export const servedBy = (what: string, server: string): void => {
  const line = `${what}: ${server}`;
  if (said.has(line)) return;
  said.add(line);
  process.stdout.write(`${line}\n`);
  mkdirSync(dirname(servedByFile()), { recursive: true });
  appendFileSync(servedByFile(), `${JSON.stringify({ what, server })}\n`);
};
