/** One cell, quoted where it has to be; nothing is empty, and what is a list or an object is JSON. */
const cellOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const isFormula = (text: string): boolean => /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-\d+(\.\d+)?$/.test(text));

const asText = (value: unknown): unknown => (typeof value === 'string' && isFormula(value) ? `'${value}` : value);

/** A row of a CSV (RFC 4180) for programs. */
export const csvRow = (cells: readonly unknown[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** The same for people, who open it in a spreadsheet: what that would take for a formula is only text. */
export const sheetRow = (cells: readonly unknown[]): string => csvRow(cells.map(asText));
