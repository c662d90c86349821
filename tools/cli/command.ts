import type { Done } from '../client/program';

/** Tells the person at the keyboard something while a command runs: what was asked for, and what is said beside it. */
export interface Terminal {
  say(line: string): void;
  note(line: string): void;
}

/** A command of `cartage`. */
export interface Command {
  /** For the list of all. */
  readonly about: string;
  /** How it is called, with every option; told by `--help`, and what a shell completes. */
  readonly usage: string;
  /** Throws `Trouble` for what the person at the keyboard can mend. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<Told>;
}

/** `note`: said beside the text, for people. */
export interface Told extends Done {
  readonly note?: string;
}

export type Commands = Readonly<Record<string, Command>>;
