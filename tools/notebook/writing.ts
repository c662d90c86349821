import type { Answer, Asking } from './asking';
import type { Cell } from './cells';
import { pageOf, type Part } from './page';

export interface Drawing {
  (specs: readonly object[]): Promise<readonly string[]>;
}

/** Until when the star has heard, and how much is missing: what the numbers are worth. */
const FRESHNESS = `select to_char(max(heard_until) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as heard_until, coalesce(max(missing), 0) as missing from freshness`;

const valuesOf = ({ columns, rows }: Answer): readonly object[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));

const titleIn = (cells: readonly Cell[]): string => {
  const titles = cells.flatMap((cell) => (cell.kind === 'text' ? [/^# +(.+)$/m.exec(cell.markdown)?.[1]] : []));
  return titles.find((title) => title !== undefined) ?? 'Notebook';
};

const aboutIn = (spec: object): string => {
  const title: unknown = Reflect.get(spec, 'description') ?? Reflect.get(spec, 'title');
  return typeof title === 'string' ? title : 'A picture of the answer above';
};

const footerOf = ({ rows }: Answer): string => {
  const [until, missing] = rows[0] ?? [];
  return `Numbers of Cartage, heard until ${String(until ?? 'never')} UTC; events missing: ${String(missing ?? 0)}.`;
};

export interface Notebook {
  readonly html: string;
  readonly pictures: readonly string[];
}

/** Asks every question, draws every picture, and puts both where they stand. */
export const writeNotebook = async (cells: readonly Cell[], asking: Asking, draw: Drawing): Promise<Notebook> => {
  const answers = new Map<string, Answer>();
  for (const cell of cells) if (cell.kind === 'question') answers.set(cell.name, await asking.answer(cell.sql));
  const answerTo = (name: string): Answer => answers.get(name) ?? { columns: [], rows: [] };
  // Of an answer without rows there is nothing to draw: no scale could be made for it.
  const shown = cells.flatMap((cell) => (cell.kind === 'picture' && answerTo(cell.of).rows.length > 0 ? [cell] : []));
  const pictures = await draw(shown.map(({ of, spec }) => ({ ...spec, data: { values: valuesOf(answerTo(of)) } })));
  const svgOf = new Map(shown.map((cell, i) => [cell, pictures[i]] as const));
  const parts = cells.map((cell): Part => {
    if (cell.kind === 'text') return cell;
    if (cell.kind === 'question') return { ...cell, answer: answerTo(cell.name) };
    return { kind: 'picture', svg: svgOf.get(cell), about: aboutIn(cell.spec) };
  });
  return { html: pageOf({ title: titleIn(cells), parts, footer: footerOf(await asking.answer(FRESHNESS)) }), pictures };
};
