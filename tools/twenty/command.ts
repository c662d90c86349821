import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import type { Asking, TwoAnswers } from './asking';
import type { Rows } from './questions';

export const usage = `Usage: npm run twenty-questions -- <file.csv or file.csv.gz> [--limit <invoices>] [--patience <seconds>] [--json]
After npm run replay of the same file, with the same limit, into a Cartage that has reporting switched on. Which database: DATABASE_URL.
--patience: what differs is asked again for so long, for what has just happened is on its way; 60 seconds if absent.`;

const options = {
  limit: { type: 'string' },
  patience: { type: 'string', default: '60' },
  json: { type: 'boolean', default: false },
} as const;

const numberIn = (name: string, text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Trouble(`--${name} is a whole number, not ${text}.\n${usage}`);
};

const SHOWN = 3;

const shown = (rows: Rows): string => {
  const some = rows
    .slice(0, SHOWN)
    .map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)).join(' '));
  return `${some.join('; ')}${rows.length > SHOWN ? `; … ${rows.length} in all` : ''}`;
};

const linesOf = ({ asks, reporting, file, equal }: TwoAnswers, i: number): readonly string[] => [
  `${i + 1}. ${asks}`,
  ...(equal ? [`   ${shown(file)}`] : [`   DIFFERENT. The file: ${shown(file)}`, `   Reporting: ${shown(reporting)}`]),
];

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (
  args: readonly string[],
  { databaseUrl, answerTwice }: { readonly databaseUrl: string | undefined; answerTwice(asking: Asking): Promise<readonly TwoAnswers[]> },
): Promise<Done> => {
  const { values, positionals } = parsed(args, options, usage);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Trouble(usage);
  if (databaseUrl === undefined || databaseUrl === '') throw new Trouble(`DATABASE_URL is missing.\n${usage}`);
  const limit = values.limit === undefined ? undefined : numberIn('limit', values.limit);
  const answers = await answerTwice({ databaseUrl, file, limit, patienceMs: numberIn('patience', values.patience) * 1_000 });
  const equal = answers.filter((each) => each.equal).length;
  const text = values.json
    ? JSON.stringify(answers, undefined, 2)
    : [...answers.flatMap(linesOf), `${equal} of ${answers.length} are answered alike by reporting and by the file alone.`].join('\n');
  return { text, code: equal === answers.length ? 0 : 1 };
};
