import { messageOf, stackOf } from '@cartage/eventsourcing';
import { SingleBar } from 'cli-progress';
import { asksForHelp, lineOf } from '../client/program';
import { Problem, Unreachable } from './problem';

/** Shows how far something is. */
export interface Progress {
  advance(by?: number): void;
  stop(): void;
}

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const LINE_EVERY_MS = 10_000;

/** Where nobody watches: a line now and then instead of a bar. */
const lines = (what: string, total: number): Progress => {
  let done = 0;
  let last = Date.now();
  return {
    advance: (by = 1) => {
      done += by;
      if (Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      say(`${what}: ${done} of ${total}`);
    },
    stop: () => say(`${what}: ${done} of ${total}`),
  };
};

const bar = (what: string, total: number): Progress => {
  const shown = new SingleBar({
    format: `${what.padEnd(18)} {bar} {value}/{total}  {duration_formatted}`,
    hideCursor: true,
    fps: 5,
    barsize: 30,
  });
  shown.start(total, 0);
  return { advance: (by = 1) => shown.increment(by), stop: () => shown.stop() };
};

export const progressOf = (what: string, total: number): Progress =>
  process.stderr.isTTY === true ? bar(what, total) : lines(what, total);

const isNumber = (cell: string): boolean => /^[−-]?[\d£]/.test(cell);

/** Rows as aligned columns, numbers to the right. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const padded = (cell: string, column: number): string =>
    column > 0 && isNumber(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(padded).join('  ')}`.trimEnd()).join('\n');
};

/** Minor units of a currency with two decimals, such as `£1,234.50`. */
export const pounds = (pence: number): string => {
  const digits = String(Math.abs(pence)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${pence < 0 ? '-' : ''}£${whole}.${digits.slice(-2)}`;
};

export const counted = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

const lineFor = (error: unknown): string | undefined =>
  error instanceof Problem || error instanceof Unreachable ? error.message : lineOf(error);

/** What went wrong, for a person; a stack only for what nobody foresaw, and only when asked for. */
export const explain = (error: unknown): string => {
  const line = lineFor(error);
  if (line !== undefined) return line;
  const stack = process.env['DEBUG'] ? `\n${stackOf(error)}` : '\nDEBUG=1 shows where.';
  return `Something unforeseen happened: ${messageOf(error)}${stack}`;
};

/** Runs a program of the command line, or says how it is called; its exit code is what it answers, 1 when it fails. */
export const runProgram = (usage: string, main: () => Promise<number>): void => {
  if (asksForHelp(process.argv.slice(2))) return say(usage);
  main().then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      process.stderr.write(`${explain(error)}\n`);
      process.exitCode = 1;
    },
  );
};
