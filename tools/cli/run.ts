import { Trouble } from '../client/client';
import type { Command, Commands, Terminal, Told } from './command';
import { completionFor, completionUsage } from './completion';

/** Each program of the workspace says how npm runs it; here it is a word of this one. */
export const inOurWords = (text: string): string => text.replace(/npm run ([a-z-]+) --(?= |$)/gm, 'cartage $1');

export const overview = (commands: Commands): string => {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    'Usage: cartage <command> …',
    ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`),
    `  ${'completion'.padEnd(width)}  completes commands and options in bash or zsh`,
    'How a command is called: cartage <command> --help',
  ].join('\n');
};

/** Letters that would have to change for one to become the other. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries())
    row = row.reduce<number[]>(
      (next, above, j) =>
        j === 0 ? [i + 1] : [...next, Math.min(above + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (letter === other[j - 1] ? 0 : 1))],
      [],
    );
  return row.at(-1) ?? 0;
};

const unknown = (name: string, commands: Commands): Trouble => {
  const near = Object.keys(commands).filter((known) => distance(name, known) <= 2);
  return new Trouble(
    near.length > 0
      ? `There is no command ${name}. Did you mean ${near.join(' or ')}?`
      : `There is no command ${name}.\n${overview(commands)}`,
  );
};

const asksForHelp = (args: readonly string[]): boolean => args.some((arg) => arg === '--help' || arg === '-h');

const commandNamed = (name: string, commands: Commands): Command => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw unknown(name, commands);
  return command;
};

const help = (name: string | undefined, commands: Commands): Told => {
  if (name === undefined) return { text: overview(commands), code: 0 };
  return { text: name === 'completion' ? completionUsage : commandNamed(name, commands).usage, code: 0 };
};

const dispatched = async ([name, ...args]: readonly string[], commands: Commands, terminal: Terminal): Promise<Told> => {
  if (name === undefined || name === '--help' || name === '-h') return help(undefined, commands);
  if (name === 'help') return help(args[0], commands);
  if (asksForHelp(args)) return help(name, commands);
  if (name === 'completion') return { text: completionFor(args[0], commands), code: 0 };
  return commandNamed(name, commands).run(args, terminal);
};

/** Runs one command. Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], commands: Commands, terminal: Terminal): Promise<Told> => {
  try {
    const { text, note, code } = await dispatched(args, commands, terminal);
    return { text: inOurWords(text), code, ...(note === undefined ? {} : { note: inOurWords(note) }) };
  } catch (error) {
    if (error instanceof Trouble) throw new Trouble(inOurWords(error.message), { cause: error });
    throw error;
  }
};
