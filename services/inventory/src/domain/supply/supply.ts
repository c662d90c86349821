import type { ExpectedUnits } from './expected';

/** Where goods come from that are on order. */
export type SupplySource = 'purchase-order' | 'transfer';

/** Units that are still to come to a location: a line of a purchase order, or of a transfer that is on its way. */
export interface Supply {
  readonly source: SupplySource;
  /** The purchase order, or the transfer. */
  readonly reference: string;
  readonly lineId: string;
  readonly sku: string;
  readonly location: string;
  /** Still to come. */
  readonly units: number;
  /** Absent: nobody knows when. */
  readonly expectedAt?: string;
  /** It should have come by now: nobody knows when it will. */
  readonly overdue: boolean;
}

/** What may be promised of it; nothing where nobody knows when it comes. */
export const promisableFrom = ({
  units,
  expectedAt,
  overdue,
}: Pick<Supply, 'units' | 'expectedAt' | 'overdue'>): ExpectedUnits | undefined =>
  expectedAt === undefined || overdue || units === 0 ? undefined : { at: expectedAt, units };
