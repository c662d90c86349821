import { audit } from '../simulator/replay/audit';
import type { Books } from '../simulator/replay/books';
import { salesIn, type Sold } from './file-pass';

/** A sale of the file, all lines of one invoice. */
export interface Sale {
  readonly invoice: string;
  readonly day: string;
  readonly country: string;
  readonly customer: string;
  readonly lines: readonly Sold[];
  readonly units: number;
  readonly pence: number;
}

/** What an independent pass over the file knows. */
export interface Known {
  readonly sales: readonly Sale[];
  readonly lines: readonly Sold[];
  /** Of credits, too. */
  readonly books: Books;
}

const sumOf = (lines: readonly Sold[], figure: 'units' | 'pence'): number => lines.reduce((sum, line) => sum + line[figure], 0);

const saleOf = (lines: readonly Sold[]): Sale => {
  const [{ invoice, day, country, customer } = { invoice: '', day: '', country: '', customer: '' }] = lines;
  return { invoice, day, country, customer, lines, units: sumOf(lines, 'units'), pence: sumOf(lines, 'pence') };
};

/** What an independent pass finds in the file, or in its first invoices. */
export const knownOf = async (file: string, limit?: number): Promise<Known> => {
  const lines = await salesIn(file, limit);
  const sales = new Map<string, Sold[]>();
  for (const line of lines) sales.set(line.invoice, [...(sales.get(line.invoice) ?? []), line]);
  return { sales: [...sales.values()].map(saleOf), lines, books: await audit({ file, limit }) };
};
