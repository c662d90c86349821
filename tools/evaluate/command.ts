import { once } from 'node:events';
import { accessSync, constants, createWriteStream, mkdirSync, statSync, writeFileSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';
import { chanceOf } from '../simulation/random';
import { BadRows, type BadRow } from './input/bad-rows';
import { HistoryFile } from './input/history-file';
import type { KindFile } from './kind';
import { cardOf } from './output/card';
import type { Evaluation } from './output/evaluation';
import { pictureOf } from './output/picture';
import { printedJudgement } from './output/table';
import { requestOf, sampleRequestOf, type Request } from './request';

export { usage } from './request';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const badLine = ({ line, column, reason }: BadRow): string => `${line},${quoted(column)},${quoted(reason)}\n`;
const closed = (stream: WriteStream): Promise<void> => new Promise((resolve) => stream.end(resolve));

const furtherFiles = async (
  { kind, files, headings, filters }: Request,
  bad: BadRows,
): Promise<ReadonlyMap<string, HistoryFile<unknown>>> => {
  const opened = new Map<string, HistoryFile<unknown>>();
  for (const file of kind.files ?? []) {
    const path = files.get(file.name);
    if (path !== undefined)
      opened.set(file.name, await HistoryFile.opened(file, { path, headings, filters, bad, prefix: `${file.name}.` }));
  }
  return opened;
};

/** Judges a history, without writing anything but its bad rows. */
const evaluated = async (request: Request, written: (row: BadRow) => void): Promise<Evaluation> => {
  const { kind, path, seed, only, feature, options, headings, filters } = request;
  const bad = new BadRows(written);
  const main = await HistoryFile.opened(kind, { path, headings, filters, bad, prefix: '' });
  const further = await furtherFiles(request, bad);
  const judgement = await kind.judge({
    ...{ rows: main.rows(), seed, option: (name) => options.get(name) ?? 0 },
    // A file is asked for by the kind that it was opened for, so its rows are that kind's.
    file: <Other>({ name }: KindFile<Other>) => further.get(name)?.rows() as AsyncIterable<Other> | undefined,
  });
  return {
    ...{ kind: kind.name, title: kind.title, seed, file: main.file },
    options: {
      ...Object.fromEntries(options),
      ...(only.length === 0 ? {} : { only: only.join(' ') }),
      ...(feature.length === 0 ? {} : { feature: feature.join(' ') }),
    },
    rows: main.read,
    ...(further.size === 0
      ? {}
      : { files: Object.fromEntries([...further].map(([name, { file, read }]) => [name, { ...file, ...read }])) }),
    badRows: { count: bad.count, byReason: bad.byReason, first: bad.first },
    judgement,
  };
};

const rowsText = ({ rows, files = {}, badRows }: Evaluation): readonly string[] => [
  `${rows.read} rows; ${rows.leftOut} left out by --only; ${badRows.count} bad.`,
  ...Object.entries(files).map(([name, { read, leftOut }]) => `  --${name}: ${read} rows; ${leftOut} left out by --only.`),
  ...(rows.unusedColumns.length === 0 ? [] : [`Columns that were not used: ${rows.unusedColumns.join(', ')}.`]),
  ...Object.entries(badRows.byReason).map(([reason, count]) => `  bad: ${reason}: ${count}`),
];

const cellText = (cell: string | number): string => (/[",\n]/.test(String(cell)) ? quoted(String(cell)) : String(cell));

/** A file that is made up: the header, and rows that follow from the seed. */
export const sampleOf = (args: readonly string[]): string => {
  const { table, name, seed } = sampleRequestOf(args);
  const rows = table.sample(chanceOf(seed, name));
  const header = [...table.columns.map((column) => column.name), ...(table.open?.sample ?? [])];
  return [header, ...rows].map((row) => row.map(cellText).join(',')).join('\n');
};

/** Before anything is made for what would come of it. */
const requireReadable = (path: string): void => {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isDirectory()) throw new Trouble('it is a folder, not a file.');
  } catch (error) {
    throw new Trouble(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
};

/** The file of bad rows, in a folder that is made where it is missing. */
const badRowsIn = async (out: string): Promise<WriteStream> => {
  try {
    mkdirSync(out, { recursive: true });
    const file = createWriteStream(join(out, 'bad-rows.csv'));
    await once(file, 'open');
    file.write('line,column,reason\n');
    return file;
  } catch (error) {
    throw new Trouble(`--out ${out} cannot be written: ${messageOf(error)}`, { cause: error });
  }
};

/** Judges, writes what was found into a folder, and answers with what to print. */
export const run = async (args: readonly string[]): Promise<string> => {
  if (args[0] === 'sample') return sampleOf(args.slice(1));
  const request = requestOf(args);
  for (const path of [request.path, ...request.files.values()]) requireReadable(path);
  const { out } = request;
  const file = await badRowsIn(out);
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
