import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import type { Asking } from './asking';
import { cellsIn } from './cells';
import { writeNotebook, type Drawing } from './writing';

export const usage = `Usage: npm run notebook -- <notebook.md> [--out <page.html>] [--pictures <folder>]
Asks the questions of a notebook, and writes one page with its text, its answers and its pictures. Which database: DATABASE_URL.
--out: the page; the notebook's name with .html if absent. --pictures: each picture as an SVG file, too.`;

const options = { out: { type: 'string' }, pictures: { type: 'string' } } as const;

export interface NotebookNeeds {
  readonly databaseUrl: string | undefined;
  readonly askingAt: <Result>(databaseUrl: string, use: (asking: Asking) => Promise<Result>) => Promise<Result>;
  readonly draw: Drawing;
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Trouble(`The notebook ${file} cannot be read.\n${usage}`, { cause: error });
  }
};

const keep = (folder: string, pictures: readonly string[]): void => {
  mkdirSync(folder, { recursive: true });
  for (const [i, svg] of pictures.entries()) writeFileSync(join(folder, `picture-${i + 1}.svg`), `${svg}\n`);
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], { databaseUrl, askingAt, draw }: NotebookNeeds): Promise<Done> => {
  const { values, positionals } = parsed(args, options, usage);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Trouble(usage);
  if (databaseUrl === undefined || databaseUrl === '') throw new Trouble(`DATABASE_URL is missing.\n${usage}`);
  const cells = cellsIn(read(file));
  const { html, pictures } = await askingAt(databaseUrl, (asking) => writeNotebook(cells, asking, draw));
  const out = values.out ?? `${file.replace(/\.md$/, '')}.html`;
  writeFileSync(out, html);
  if (values.pictures !== undefined) keep(values.pictures, pictures);
  const questions = cells.filter(({ kind }) => kind === 'question').length;
  return { text: `${out}: ${questions} questions, ${pictures.length} pictures.`, code: 0 };
};
