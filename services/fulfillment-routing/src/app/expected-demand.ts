import type { DataOf } from '@cartage/eventsourcing';
import type { InventoryEvent } from '@cartage/contracts';
import type { UnitsPerDay } from '../domain/expected-demand';
import { DAY_MS } from '../domain/expected-orders';

export type DemandSaid = DataOf<InventoryEvent, 'DemandExpected'>;

export interface SaidWithin {
  readonly since: string;
  /** Absent: until now. */
  readonly until?: string;
}

/** What inventory expects is told every few days at the latest: what is older says nothing any more. */
const SAID_DAYS = 7;

/** The time within which something must have been said to count at an instant. */
export const saidBy = (at: string): Required<SaidWithin> => ({
  since: new Date(Date.parse(at) - SAID_DAYS * DAY_MS).toISOString(),
  until: at,
});

/** What inventory said that it expects, as it is kept here. */
export interface DemandTable {
  /** The newest of a SKU and location is true, in whatever order it is heard; older ones say what was known then. */
  learn(said: DemandSaid): Promise<void>;
  /** Of these SKUs, the newest that was said within this time. */
  perDay(skus: readonly string[], within: SaidWithin): Promise<UnitsPerDay>;
  /** Forgets so many of those that were said before; answers how many it were. */
  forget(before: string, limit: number): Promise<number>;
}
