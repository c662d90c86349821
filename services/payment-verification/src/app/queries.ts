import type { Position } from '@cartage/eventsourcing';
import type { AnyView, Sql } from '@cartage/views';
import { listMovements, paymentMovement, type MovementRow } from './views/payment-movement';
import { listPayments, listReviews, type Slice, type SummaryFilter, type SummaryRow } from './views/payment-list';
import { paymentSummary } from './views/payment-summary';

export interface QueriesNeeds {
  readonly sql: Sql;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

/** What the service can be asked to show from its views. `minPosition` waits until the view shows it. */
export const createQueries = ({ sql, viewReached }: QueriesNeeds) => {
  const reached = async (view: AnyView, minPosition: Position | undefined): Promise<void> => {
    if (minPosition !== undefined) await viewReached(view, minPosition);
  };
  return {
    payments: async (filter: SummaryFilter, slice: Slice, minPosition?: Position): Promise<readonly SummaryRow[]> => {
      await reached(paymentSummary, minPosition);
      return listPayments(sql, filter, slice);
    },
    reviews: async (filter: Pick<SummaryFilter, 'channel'>, slice: Slice, minPosition?: Position): Promise<readonly SummaryRow[]> => {
      await reached(paymentSummary, minPosition);
      return listReviews(sql, filter, slice);
    },
    movements: async (
      orderId: string,
      slice: { readonly limit: number; readonly afterVersion: number },
      minPosition?: Position,
    ): Promise<readonly MovementRow[]> => {
      await reached(paymentMovement, minPosition);
      return listMovements(sql, orderId, slice);
    },
  };
};

export type PaymentQueries = ReturnType<typeof createQueries>;
