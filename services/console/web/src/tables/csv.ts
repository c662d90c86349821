import type { Column } from './columns';

/** What a spreadsheet would take for a formula begins with one of these; behind a quote it is a text. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as a file of CSV (RFC 4180), headed by the ids of its columns. */
export const csvOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string => {
  const written = columns.flatMap(({ id, write }) => (write ? [{ id, write }] : []));
  const lines = [written.map(({ id }) => id), ...rows.map((row) => written.map(({ write }) => cell(write(row))))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
};
