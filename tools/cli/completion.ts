import { Trouble } from '../client/client';
import type { Commands } from './command';

export const completionUsage = `Usage: source <(cartage completion bash)      in ~/.bashrc
       source <(cartage completion zsh)       in ~/.zshrc`;

/** A command with every word that may follow it. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** Read out of the usage, so that no list of options stands twice: options, and the word behind the command in each line that shows how it is called. */
export const wordsIn = (name: string, usage: string): readonly string[] => {
  const options = usage.match(/--[a-z][a-z-]*/g) ?? [];
  const calls = [...usage.matchAll(new RegExp(`(?:cartage|npm run) ${name} (?:-- )?([a-z|-]+)`, 'g'))];
  const verbs = calls.flatMap(([, word = '']) => word.split('|')).filter((word) => !word.startsWith('-'));
  return [...new Set([...verbs, ...options, '--help'])];
};

const bash = (words: Words, names: readonly string[]): string => `_cartage() {
  local words
  case "$COMP_CWORD:\${COMP_WORDS[1]}" in
    1:*) words="${names.join(' ')}" ;;
${Object.entries(words)
  .map(([name, of]) => `    *:${name}) words="${of.join(' ')}" ;;`)
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cartage cartage`;

const zsh = (words: Words, names: readonly string[]): string => `#compdef cartage
_cartage() {
  if (( CURRENT == 2 )); then
    compadd -- ${names.join(' ')}
    return
  fi
  case "\${words[2]}" in
${Object.entries(words)
  .map(([name, of]) => `    ${name}) compadd -- ${of.join(' ')} ;;`)
  .join('\n')}
  esac
  _files
}
compdef _cartage cartage`;

const shells: Readonly<Record<string, (words: Words, names: readonly string[]) => string>> = { bash, zsh };

/** A script by which this shell completes commands and their options. */
export const completionFor = (shell: string | undefined, commands: Commands): string => {
  const script = shell !== undefined && Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (!script) throw new Trouble(`${shell === undefined ? 'Of which shell?' : `Not of ${shell}:`} bash or zsh.\n${completionUsage}`);
  const known = Object.entries(commands).map(([name, { usage }]) => [name, wordsIn(name, usage)] as const);
  const words = { ...Object.fromEntries(known), completion: Object.keys(shells) };
  return script(words, [...Object.keys(words), 'help']);
};
