import { sheetRow } from '@cartage/service-kit';
import type { Row, RowWriter } from '../../app/reports/ports';
import type { ReportColumn } from '../../domain/reports/report';

type Cell = (text: string) => string;

const instant: Cell = (text) => text.replace(' ', 'T').replace(/\+00$/, 'Z');

/** How cells are written otherwise than Postgres does. */
const cells: Readonly<Record<string, Cell>> = {
  boolean: (text) => (text === 't' ? 'true' : 'false'),
  timestamptz: instant,
  timestamp: instant,
};

const asIs: Cell = (text) => text;

/** CSV (RFC 4180) in UTF-8 with a line of names; what a spreadsheet would take for a formula is only text. */
export const csvWriter = (columns: readonly ReportColumn[]): RowWriter => {
  const written = columns.map(({ type }) => cells[type] ?? asIs);
  const line = (row: Row): string => sheetRow(row.map((text, i) => (text === null ? null : (written[i] ?? asIs)(text))));
  let head = sheetRow(columns.map(({ name }) => name));
  const withHead = (text: string): Uint8Array => {
    const bytes = Buffer.from(head + text, 'utf8');
    head = '';
    return bytes;
  };
  return { rows: (rows) => withHead(rows.map(line).join('')), end: () => withHead('') };
};
