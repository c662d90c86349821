import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { recordsOf, type CellKinds } from '../upload/records';
import { Upload } from '../upload/upload';
import type { LeftFault } from './left-notices';

export type RowCells = Readonly<Record<string, unknown>>;

export interface FileRow {
  readonly line: number;
  readonly cells: RowCells;
}

/** A notice that rows make together, and on which line of the file each part of it stands. */
export interface RowsNotice {
  readonly noticeId: string;
  readonly body: RowCells;
  lineOf(field: string): number;
}

export interface FileOfRows {
  readonly notices: readonly RowsNotice[];
  readonly faults: readonly LeftFault[];
}

/** A part of a notice, and the lines that its own parts stand on, by their paths. */
export interface BuiltPart {
  readonly body: RowCells;
  readonly places: ReadonlyMap<string, number>;
}

/** How rows are read as notices. */
export interface RowsForm {
  readonly cells: CellKinds;
  /** Rows that follow each other and agree in these columns make one notice. */
  readonly sameIn: readonly string[];
  /** Columns that are said once of a notice, by its first row. */
  readonly head: readonly string[];
  readonly partsOf: (head: RowCells, rows: readonly FileRow[]) => BuiltPart;
}

export const pickedCells = (row: RowCells, names: readonly string[]): RowCells =>
  Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));

/** The rows as a list of parts, without those that say nothing in these columns. */
export const listedRows = (name: string, rows: readonly FileRow[], names: readonly string[]): BuiltPart => {
  const items = rows.map((row) => ({ row, item: pickedCells(row.cells, names) })).filter(({ item }) => Object.keys(item).length > 0);
  const places = new Map(items.map(({ row }, i) => [`${name}[${i}]`, row.line]));
  return { body: items.length > 0 ? { [name]: items.map(({ item }) => item) } : {}, places };
};

const groupsOf = ({ sameIn }: RowsForm, rows: readonly FileRow[]): readonly (readonly FileRow[])[] => {
  const groups: FileRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && sameIn.every((name) => last[0]?.cells[name] === row.cells[name])) last.push(row);
    else groups.push([row]);
  }
  return groups;
};

/** The line of the deepest part that a field stands in; of what stands in none, the first of its notice. */
const lineIn = (places: ReadonlyMap<string, number>, field: string, first: number): number => {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const line = places.get(path);
    if (line !== undefined) return line;
  }
  return first;
};

const noticeOf = (form: RowsForm, rows: readonly FileRow[], noticeId: string): RowsNotice => {
  const [first] = rows;
  const head = pickedCells(first?.cells ?? {}, form.head);
  const { body, places } = form.partsOf(head, rows);
  return { noticeId, body: { ...head, ...body }, lineOf: (field) => lineIn(places, field, first?.line ?? 1) };
};

/** What a CSV file says. Its notices are named by what it holds: the same file again, under whatever name, says nothing new. */
export const noticesInRows = async (form: RowsForm, content: Buffer): Promise<FileOfRows> => {
  const rows: FileRow[] = [];
  const faults: LeftFault[] = [];
  for await (const record of recordsOf(new Upload(Readable.from([content]), 'text/csv'), { cells: form.cells })) {
    if ('refused' in record) faults.push(...record.refused.errors.map((error) => ({ ...error, line: record.line })));
    else rows.push({ line: record.line, cells: record.value });
  }
  if (rows.length === 0 && faults.length === 0) faults.push({ field: '', code: 'FILE_EMPTY', message: 'The file says nothing.', line: 1 });
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 40);
  return { notices: groupsOf(form, rows).map((group, n) => noticeOf(form, group, `${digest}.${n + 1}`)), faults };
};
