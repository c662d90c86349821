import type { DataOf } from '@cartage/eventsourcing';
import type { InventoryEvent } from '@cartage/contracts';
import type { UnitsPerDay } from '../domain/expected-demand';

export type DemandSaid = DataOf<InventoryEvent, 'DemandExpected'>;

/** What inventory said that it expects, as it is kept here. */
export interface DemandTable {
  /** The newest of a SKU and location is true, in whatever order it is heard. */
  learn(said: DemandSaid): Promise<void>;
  /** Of these SKUs, as far as it was said since then. */
  perDay(skus: readonly string[], since: string): Promise<UnitsPerDay>;
}
