import { readFileSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { codeOf, isError, messageOf, stackOf } from '@cartage/eventsourcing';
import { parsed, Trouble } from './client';

/** What a program prints, and its exit code: 1 where something is not as it should be. */
export interface Done {
  readonly text: string;
  /** Said beside the text, for people. */
  readonly note?: string;
  readonly code: number;
}

interface SystemError {
  readonly path?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly syscall?: unknown;
  readonly severity?: unknown;
  readonly errors?: unknown;
}

/** By their names: what throws them is not loaded for that. A `RangeError` is of what was asked for, such as a log that there is not. */
const told: ReadonlySet<string> = new Set(['Trouble', 'StartFailure', 'RangeError']);

const ofFiles: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'is closed to this user: change its rights, or take another place',
  EPERM: 'is closed to this user: change its rights, or take another place',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'lies below something that is no folder',
  EEXIST: 'is there already',
  EROFS: 'lies on a disk that may only be read',
  ENOSPC: 'does not fit on its disk any more',
};

const lineOfFile = (code: string, { path, syscall }: SystemError, error: unknown): string | undefined => {
  const words = ofFiles[code];
  if (words === undefined || syscall === undefined) return undefined;
  return typeof path === 'string' ? `${path} ${words}.` : messageOf(error);
};

const lineOfConnection = (code: string, { address, port, syscall }: SystemError, error: unknown): string | undefined => {
  if (syscall !== 'connect' && syscall !== 'getaddrinfo') return undefined;
  const place = typeof address === 'string' ? `${address}:${String(port)}` : messageOf(error);
  return `Nobody answers at ${place} (${code}). Start what is to be there, or correct the setting that names it.`;
};

/** A file by the name of one that is packed, and is none, or ends in its midst. */
const lineOfPacked = (code: string, error: unknown): string | undefined =>
  code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR'
    ? `A file that is read is named .gz and is not gzipped, or is not whole: ${messageOf(error)}.`
    : undefined;

/** Postgres names what it has against a statement, or against whoever comes. */
const lineOfPostgres = (code: string, { severity }: SystemError, error: unknown): string | undefined =>
  typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(code)
    ? `Postgres says: ${messageOf(error)} (${code}). Is DATABASE_URL that of the services, with a user who may do this?`
    : undefined;

/** Where a name has several addresses, what became of the first. */
const firstOf = (error: unknown): unknown => {
  const { errors } = error as SystemError;
  return Array.isArray(errors) && errors.length > 0 ? (errors as readonly unknown[])[0] : error;
};

/** What somebody can mend, in a line; nothing for what nobody foresaw. */
export const lineOf = (thrown: unknown): string | undefined => {
  if (!isError(thrown)) return undefined;
  if (told.has(thrown.name)) return thrown.message;
  const error = firstOf(thrown);
  const [code, system] = [codeOf(error) ?? '', error as SystemError];
  return (
    lineOfFile(code, system, error) ??
    lineOfConnection(code, system, error) ??
    lineOfPacked(code, error) ??
    lineOfPostgres(code, system, error)
  );
};

/** The same, or the stack of what nobody foresaw. `DEBUG=1` shows it in any case. */
export const explained = (error: unknown): string => (process.env['DEBUG'] ? stackOf(error) : (lineOf(error) ?? stackOf(error)));

/** Whoever reads no further, such as `head`, is no trouble. */
const endWithReader = (failed: number): void => {
  process.stdout.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') console.error(explained(error));
    process.exit(codeOf(error) === 'EPIPE' ? 0 : failed);
  });
};

const FAILED = 2;

/** Ends a program: prints what it found, or what somebody has to mend in a line, and anything else with its stack. `failed`: the exit code then. */
export const endWith = (work: Promise<Done>, failed = FAILED): void => {
  endWithReader(failed);
  work.then(
    ({ text, note, code }) => {
      if (text !== '') console.log(text);
      if (note !== undefined) console.error(note);
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(explained(error));
      process.exitCode = failed;
    },
  );
};

export interface Program {
  /** How it is called. */
  readonly usage: string;
  readonly run: (args: readonly string[]) => Promise<Done>;
  /** The exit code where it fails. */
  readonly failed?: number;
}

export const asksForHelp = (args: readonly string[]): boolean => args.some((arg) => arg === '--help' || arg === '-h');

/** What it was asked for, or how it is asked. */
export const called = async ({ usage, run }: Program, args: readonly string[]): Promise<Done> =>
  asksForHelp(args) ? { text: usage, code: 0 } : run(args);

/** Runs a program of the command line to its end. */
export const runProgram = (program: Program): void => endWith(called(program, process.argv.slice(2)), program.failed);

/** Of a program that takes no arguments: whoever gives it one believes that it means something. */
export const requireNone = (args: readonly string[], usage: string): void => {
  if (args.length > 0) throw new Trouble(`${args.join(' ')} means nothing here.\n${usage}`);
};

/** The options of a program that begins its work as it is loaded. It ends here where they are wrong, or where somebody asks how it is called. */
export const optionsNow = <Options extends NonNullable<ParseArgsConfig['options']>>(options: Options, usage: string) => {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) {
    console.log(usage);
    process.exit(0);
  }
  try {
    const { values, positionals } = parsed(args, options, usage);
    requireNone(positionals, usage);
    return values;
  } catch (error) {
    console.error(explained(error));
    process.exit(FAILED);
  }
};

/** The same, of one that takes none. */
export const takesNone = (usage: string): void => void optionsNow({}, usage);

/** Of the program that runs, which is that of the services where it is run from their image. */
export const versionsHere = (): Readonly<Record<string, string>> => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return { cartage: version, node: process.version, platform: `${process.platform} ${process.arch}` };
};
