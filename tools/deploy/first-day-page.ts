import { readFileSync } from 'node:fs';
import { addressesOf } from '../roles/addresses';
import type { Owning } from '../roles/sql';
import { blocksOf } from '../docs/blocks';

export const FIRST_DAY = 'docs/how-to/first-day-on-kubernetes.md';

/** The commands of a page, one a line; what a backslash continues is one. */
export const commandsOf = (page: string): readonly string[] =>
  blocksOf(page).flatMap(({ code }) =>
    code
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n')
      .map((line) => line.trim()),
  );

/** The words of a command, without the quotes that keep blanks within one. */
export const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replaceAll(/['"]/g, ''));

export const firstDayCommands = (): readonly string[] => commandsOf(readFileSync(FIRST_DAY, 'utf8'));

/** The one command that begins so. */
export const commandIn = (commands: readonly string[], beginning: string): readonly string[] => {
  const [found, ...others] = commands.filter((command) => command.startsWith(beginning));
  if (found === undefined || others.length > 0)
    throw new Error(`${FIRST_DAY} has ${others.length + (found === undefined ? 0 : 1)} commands ${beginning}`);
  return wordsOf(found);
};

/** What follows each occurrence of an option. */
export const optionsIn = (words: readonly string[], option: string): readonly string[] =>
  words.flatMap((word, i) =>
    word === option ? [words[i + 1] ?? ''] : word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [],
  );

export const ADMINISTRATOR = 'postgres://admin:secret@postgres.example.com/cartage?sslmode=verify-full';

/** What `npm run roles -- apply` writes to the file of addresses. */
export const addressesFile = (services: readonly Owning[]): string => addressesOf(ADMINISTRATOR, services, 'cartage_', new Map());

/** The Secrets that the page makes, each with its keys. */
export const secretsOf = (commands: readonly string[], services: readonly Owning[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    commands.map(wordsOf).flatMap((words) => {
      const at = words.indexOf('generic');
      if (words[0] !== 'kubectl' || at < 0) return [];
      const inFile = optionsIn(words, '--from-env-file').length > 0 ? addressesFile(services).trim().split('\n') : [];
      const keys = [...inFile, ...optionsIn(words, '--from-literal')].map((line) => line.split('=', 1)[0] ?? '');
      return [[words[at + 1] ?? '', new Set(keys)] as const];
    }),
  );
