import { Trouble } from '../../client/client';
import { saleOf, SalesBook, type Sale, type SalesHistory } from '../demand/reading';
import type { Cells } from '../input/cells';
import type { Judging } from '../kind';
import { LeadTimes, type Receipt } from './lead-times';

/** A sale, and from whom the SKU is bought. */
export type SuppliedSale = Sale & { readonly supplier: string | undefined };

export const suppliedSaleOf = (cells: Cells): SuppliedSale => ({ ...saleOf(cells), supplier: cells.optional('supplier') });

export interface SuppliedHistory {
  readonly history: SalesHistory;
  /** By SKU, the last that was named. */
  readonly suppliers: ReadonlyMap<string, string>;
}

/** Over every day of the calendar: goods are on their way on Sundays, too. */
export const historyOf = async (rows: Judging<SuppliedSale>['rows']): Promise<SuppliedHistory> => {
  const [book, suppliers] = [new SalesBook(), new Map<string, string>()];
  for await (const sale of rows) {
    book.add(sale);
    if (sale.supplier !== undefined) suppliers.set(sale.sku, sale.supplier);
  }
  return { history: book.history(true), suppliers };
};

const MOST_RECEIPTS = 2_000_000;

export const leadTimesOf = async (rows: AsyncIterable<Receipt>): Promise<LeadTimes> => {
  const leadTimes = new LeadTimes();
  for await (const receipt of rows) {
    leadTimes.add(receipt);
    if (leadTimes.receipts > MOST_RECEIPTS) throw new Trouble(`More than ${MOST_RECEIPTS} lead times: take a part of them.`);
  }
  if (leadTimes.receipts === 0) throw new Trouble('The file of lead times has no row that can be used.');
  return leadTimes;
};
