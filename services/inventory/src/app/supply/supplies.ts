import type { Supply } from '../../domain/supply/supply';

export type SupplyRow = Supply;

export interface SuppliesQuery {
  readonly skus?: readonly string[] | undefined;
  readonly location?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** Everything that is on order or on its way, whatever document says so. */
export interface Supplies {
  /** By source, document and line. */
  readonly list: (query: SuppliesQuery) => Promise<readonly SupplyRow[]>;
}
