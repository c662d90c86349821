import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import { Books } from './app/books';
import { Chargebacks } from './app/chargebacks';
import { chargebackList, listChargebacks } from './app/views/chargeback-list';
import { chargebackMovement } from './app/views/chargeback-movement';
import { BOOKS, BooksController } from './edge/books/books.controller';
import { CHARGEBACK_LIST, CHARGEBACKS, ChargebacksController, type ChargebackList } from './edge/chargebacks/chargebacks.controller';
import { findCapture } from './edge/find-capture';

const chargebackRows =
  ({ pool, viewReached }: Kit): ChargebackList =>
  async (filter, slice, minPosition) => {
    if (minPosition !== undefined) await viewReached(chargebackList, minPosition);
    return listChargebacks(pool, filter, slice);
  };

export interface FinanceParts extends Pick<Parts, 'controllers' | 'providers'> {
  /** A provider’s webhook tells it of chargebacks. */
  readonly chargebacks: Chargebacks;
}

/** What becomes of money after it has moved: chargebacks, the books. */
export const financeParts = (kit: Kit): FinanceParts => {
  const chargebacks = new Chargebacks({ ...kit, idFor, findCapture: findCapture(kit.pool) });
  return {
    chargebacks,
    controllers: [ChargebacksController, BooksController],
    providers: [
      { provide: CHARGEBACKS, useValue: chargebacks },
      { provide: CHARGEBACK_LIST, useValue: chargebackRows(kit) },
      { provide: BOOKS, useValue: new Books({ ...kit, sql: kit.pool }) },
    ],
  };
};

export const financeViews = [chargebackList, chargebackMovement] as const;
