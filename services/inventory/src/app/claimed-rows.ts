import { piecesOf } from '@cartage/contracts';
import { backorderedOf, leaningOf, type Backorder, type ClaimedLine } from '../domain/reservation';
import type { ClaimedLineRow } from './ledger';

/** A kit claims what it is made of: a row for each part, in its units. */
export const rowsOf = (line: ClaimedLine, of: Pick<ClaimedLineRow, 'orderId' | 'channel'>): readonly ClaimedLineRow[] =>
  piecesOf(line).map(({ sku, quantity }) => ({
    ...{ ...of, lineId: line.lineId, sku },
    ...{ wanted: line.wanted * quantity, reserved: line.reserved * quantity, allocated: line.allocated * quantity },
    ...{ issued: line.issued * quantity, waiting: line.waiting * quantity, ofKit: line.parts !== undefined },
    leans: leaningOf(line, sku) > 0,
    ...(line.backorder ? { backorder: backorderOf(line, sku, line.backorder) } : {}),
  }));

/** A part that is there has no date of its own. */
const backorderOf = (line: ClaimedLine, sku: string, { backorderId, promisedAt }: Backorder): Backorder =>
  promisedAt !== undefined && backorderedOf(line, sku) > 0 ? { backorderId, promisedAt } : { backorderId };
