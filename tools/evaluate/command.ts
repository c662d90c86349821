import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, writeFileSync, type WriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { parsed, Trouble } from '../client/client';
import { chanceOf } from '../simulation/random';
import { BadRows, type BadRow } from './input/bad-rows';
import type { Cells } from './input/cells';
import { headingsOf } from './input/columns';
import { rowsIn, type TableRead } from './input/table-file';
import type { Kind } from './kind';
import { kinds } from './kinds';
import { cardOf } from './output/card';
import type { Evaluation } from './output/evaluation';
import { pictureOf } from './output/picture';
import { printedJudgement } from './output/table';

const kindUsage = ({ name, title, columns, options }: Kind): string =>
  [
    `${name}: ${title}`,
    ...columns.map((column) => `    ${column.required ? column.name : `[${column.name}]`}: ${column.about}`),
    ...options.map((option) => `    --${option.name} ${option.usual}: ${option.about}`),
  ].join('\n');

export const usage = `Usage: npm run evaluate -- <kind> <file.csv or file.csv.gz> [options]
       npm run evaluate -- sample <kind> [--seed 1] > <file.csv>      (rows that are made up, in the form that is read)
  --out <folder>                what is written: report.json, picture.svg, card.md, bad-rows.csv (tmp/evaluation/<kind> unless told)
  --seed 1                      the same seed, file and options give the same result
  --column <name>=<heading>     how a column is headed in this file; may be given for each
  --only <name>=<expression>    only rows whose cell matches; may be given for each
Kinds, with the columns of their files and their own options:
${Object.values(kinds).map(kindUsage).join('\n')}`;

const common = {
  out: { type: 'string' },
  seed: { type: 'string', default: '1' },
  column: { type: 'string', multiple: true, default: [] as string[] },
  only: { type: 'string', multiple: true, default: [] as string[] },
} as const;

interface Request {
  readonly kind: Kind;
  readonly path: string;
  readonly out: string;
  readonly seed: number;
  readonly column: readonly string[];
  readonly only: readonly string[];
  readonly options: ReadonlyMap<string, number>;
}

const numberOf = (name: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new Trouble(`--${name} is a number from ${least} to ${most}, not ${text}.`);
};

const kindNamed = (name: string | undefined): Kind => {
  const kind = Object.values(kinds).find((each) => each.name === name);
  if (kind !== undefined) return kind;
  throw new Trouble(name === undefined ? usage : `There is no kind ${name}: there is ${Object.keys(kinds).join(', ')}.\n${usage}`);
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
const requestOf = (args: readonly string[]): Request => {
  const kind = kindNamed(args[0]);
  const own = Object.fromEntries(kind.options.map(({ name, usual }) => [name, { type: 'string', default: String(usual) }] as const));
  const { values, positionals } = parsed(args.slice(1), { ...own, ...common }, usage);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new Trouble(usage);
  const seed = numberOf('seed', String(values.seed), { least: 0, most: 2 ** 31 });
  const given: Readonly<Record<string, unknown>> = values;
  const options = new Map(kind.options.map((option) => [option.name, numberOf(option.name, String(given[option.name]), option)]));
  return { kind, path, out: values.out ?? join('tmp', 'evaluation', kind.name), seed, column: values.column, only: values.only, options };
};

interface Filter {
  readonly column: string;
  readonly form: RegExp;
}

const filtersOf = (given: readonly string[], { columns }: Kind): readonly Filter[] =>
  given.map((pair) => {
    const [, column = '', expression = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (!columns.some(({ name }) => name === column))
      throw new Trouble(`--only ${pair}: it is <name>=<expression>, and the names are ${columns.map(({ name }) => name).join(', ')}.`);
    try {
      return { column, form: new RegExp(expression, 'u') };
    } catch (error) {
      throw new Trouble(`--only ${pair}: ${messageOf(error)}`, { cause: error });
    }
  });

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new Trouble(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return hash.digest('hex');
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const badLine = ({ line, column, reason }: BadRow): string => `${line},${quoted(column)},${quoted(reason)}\n`;
const closed = (stream: WriteStream): Promise<void> => new Promise((resolve) => stream.end(resolve));

/** What is left of rows that no filter leaves out. */
const used = async function* <Row>(rows: AsyncIterable<Row | undefined>, left: { out: number }): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (row === undefined) left.out += 1;
    else yield row;
  }
};

/** Judges a history, without writing anything but its bad rows. */
const evaluated = async ({ kind, path, seed, column, only, options }: Request, written: (row: BadRow) => void): Promise<Evaluation> => {
  const [headings, filters] = [headingsOf(column, kind.columns), filtersOf(only, kind)];
  const sha256 = await sha256Of(path);
  const bad = new BadRows(written);
  const read: TableRead = { rows: 0, layout: undefined };
  const left = { out: 0 };
  const matching = (cells: Cells) =>
    filters.every((each) => each.form.test(cells.optional(each.column) ?? '')) ? kind.rowOf(cells) : undefined;
  const rows = used(rowsIn({ path, columns: kind.columns, headings, bad }, matching, read), left);
  const judgement = await kind.judge({ rows, seed, option: (name) => options.get(name) ?? 0 });
  return {
    ...{ kind: kind.name, title: kind.title, seed, file: { name: basename(path), sha256 } },
    options: { ...Object.fromEntries(options), ...(only.length === 0 ? {} : { only: only.join(' ') }) },
    rows: { read: read.rows, leftOut: left.out, unusedColumns: read.layout?.unused ?? [] },
    badRows: { count: bad.count, byReason: bad.byReason, first: bad.first },
    judgement,
  };
};

const rowsText = ({ rows, badRows }: Evaluation): readonly string[] => [
  `${rows.read} rows; ${rows.leftOut} left out by --only; ${badRows.count} bad.`,
  ...(rows.unusedColumns.length === 0 ? [] : [`Columns that were not used: ${rows.unusedColumns.join(', ')}.`]),
  ...Object.entries(badRows.byReason).map(([reason, count]) => `  bad: ${reason}: ${count}`),
];

const cellText = (cell: string | number): string => (/[",\n]/.test(String(cell)) ? quoted(String(cell)) : String(cell));

/** A file that is made up: the header, and rows that follow from the seed. */
export const sampleOf = (args: readonly string[]): string => {
  const kind = kindNamed(args[0]);
  const { values } = parsed(args.slice(1), { seed: common.seed }, usage);
  const rows = kind.sample(chanceOf(numberOf('seed', values.seed, { least: 0, most: 2 ** 31 }), kind.name));
  return [kind.columns.map(({ name }) => name), ...rows].map((row) => row.map(cellText).join(',')).join('\n');
};

/** Judges, writes what was found into a folder, and answers with what to print. */
export const run = async (args: readonly string[]): Promise<string> => {
  if (args[0] === 'sample') return sampleOf(args.slice(1));
  const request = requestOf(args);
  const { out } = request;
  mkdirSync(out, { recursive: true });
  const file = createWriteStream(join(out, 'bad-rows.csv'));
  file.write('line,column,reason\n');
  const evaluation = await evaluated(request, (row) => void file.write(badLine(row))).finally(() => closed(file));
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(evaluation, undefined, 2)}\n`);
  writeFileSync(join(out, 'picture.svg'), pictureOf(evaluation.title, evaluation.judgement));
  writeFileSync(join(out, 'card.md'), cardOf(evaluation));
  return [
    ...rowsText(evaluation),
    '',
    printedJudgement(evaluation.judgement),
    '',
    `Written to ${out}: report.json, picture.svg, card.md, bad-rows.csv`,
  ].join('\n');
};
