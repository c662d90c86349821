import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from './asking.fixture';

const pages = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file))].filter(
  (file) => file.endsWith('.md') && !file.includes('reference'),
);

/** What a command of a shell is made of: a blank, an end or a remark, text in quotes of three kinds, a letter that is quoted, and anything else. */
const PARTS = /(\\\n|[^\S\n]+)|(\n|\||;|&|(?<=^|\s)#[^\n]*)|'([^']*)'|\$'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^])/g;
const [BETWEEN, END] = ['\u0000', '\u0001'];

/** The words of each command of a block, without their quotes. */
const commandsIn = (block: string): readonly (readonly string[])[] => {
  const parts = [...block.matchAll(PARTS)].map(([, blank, end, ...texts]) => {
    if (blank !== undefined) return BETWEEN;
    return end === undefined ? texts.find((text) => text !== undefined) : END;
  });
  const commands = parts.join('').split(END);
  return commands.map((command) => command.split(BETWEEN).filter(Boolean)).filter((words) => words.length > 0);
};

/** `T="$URL/inventory/transfers/<id>"` stands for that in what follows it. */
const inFull = (page: string): string =>
  [...page.matchAll(/^([A-Z])="?(\$URL\/[^\s"]*)"?$/gm)].reduceRight(
    (text, { 0: whole, 1: name = '', 2: value = '', index }) =>
      text.slice(0, index) + text.slice(index + whole.length).replaceAll(new RegExp(`\\$${name}(?=[/"\\s])`, 'g'), () => value),
    page,
  );

const after = (words: readonly string[], ...flags: readonly string[]): readonly string[] =>
  words.flatMap((word, i) => (flags.includes(words[i - 1] ?? '') ? [word] : []));

const PLACE = /^(?:\$\{?URL\}?|(?:https?:\/\/)?(?:localhost|127\.0\.0\.1):3000)(?=\/)/;

/** Left out by the page, such as the rest of an order. */
const isCut = (data: string): boolean => /[{[,] *…/.test(data);

const askedBy = (words: readonly string[]): Asked | undefined => {
  const url = words.find((word) => PLACE.test(word));
  if (words[0] !== 'curl' || url === undefined) return undefined;
  const [data] = after(words, '-d', '--data', '--data-binary');
  const headers = after(words, '-H', '--header').map((line) => line.split(/: ?/, 2) as [string, string?]);
  const [method = data === undefined ? 'GET' : 'POST'] = after(words, '-X', '--request');
  return {
    ...{
      method,
      target: url.replace(PLACE, ''),
      headers: Object.fromEntries(headers.map(([name, value = '']) => [name.toLowerCase(), value])),
    },
    ...(data === undefined || /^[@$]/.test(data) || isCut(data) ? {} : { body: data }),
  };
};

/** Every request that a page has somebody make of Cartage by curl. */
export const askedByPages = (): readonly (Asked & { readonly page: string })[] =>
  pages.flatMap((page) =>
    [...inFull(readFileSync(page, 'utf8')).matchAll(/^( *)```(?:bash|sh)\n([^]*?)^\1```/gm)].flatMap(([, , block = '']) =>
      commandsIn(block).flatMap((words) => {
        const asked = askedBy(words);
        return asked === undefined ? [] : [{ page, ...asked }];
      }),
    ),
  );
