import { promiseOf } from '../domain/promise';
import { atpOf, type NetworkStock } from '../domain/stock';

/** A SKU at a location: atp = onHand − allocated − safetyStock, and nothing where it is closed. */
export interface LocationAvailability {
  readonly location: string;
  readonly active: boolean;
  readonly onHand: number;
  readonly allocated: number;
  readonly safetyStock: number;
  /** There, but not fit to be sold. */
  readonly unavailable: number;
  readonly atp: number;
  readonly revision: number;
}

/** A SKU over the network: atp = onHand − reserved − allocated − safetyStock. */
export interface Availability {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly safetyStock: number;
  readonly atp: number;
  readonly locations: readonly LocationAvailability[];
}

/** As of one instant: all its figures belong together. */
export interface AvailabilityAt {
  readonly asOf: string;
  readonly items: readonly Availability[];
}

export interface PromiseCheck {
  readonly asOf: string;
  readonly promisable: boolean;
  readonly lines: readonly { readonly sku: string; readonly requested: number; readonly available: number; readonly promisable: boolean }[];
}

/** The reading port: the ledger's own rows, so that an answer is never older than its question. */
export interface LedgerReading {
  network(skus: readonly string[]): Promise<{ readonly asOf: string; readonly rows: readonly NetworkRow[] }>;
}

export interface NetworkRow extends NetworkStock {
  readonly locations: readonly LocationAvailability[];
}

export interface Availabilities {
  readonly of: (skus: readonly string[], location?: string) => Promise<AvailabilityAt>;
  /** Whether an order of these lines would be reserved now: the same rule as the reservation's. */
  readonly check: (lines: readonly { readonly sku: string; readonly quantity: number }[]) => Promise<PromiseCheck>;
}

export const createAvailabilities = (reading: LedgerReading): Availabilities => ({
  of: async (skus, location) => {
    const wanted = [...new Set(skus)];
    const { asOf, rows } = await reading.network(wanted);
    const rowOf = new Map(rows.map((row) => [row.sku, row]));
    return { asOf, items: wanted.map((sku) => shown(rowOf.get(sku) ?? nowhere(sku), location)) };
  },
  check: async (lines) => {
    const { asOf, rows } = await reading.network([...new Set(lines.map(({ sku }) => sku))]);
    const rowOf = new Map(rows.map((row) => [row.sku, row]));
    const promised = promiseOf(lines, (sku) => rowOf.get(sku));
    return { asOf, promisable: promised.every(({ promisable }) => promisable), lines: promised };
  },
});

const nowhere = (sku: string): NetworkRow => ({ sku, onHand: 0, reserved: 0, allocated: 0, safetyStock: 0, locations: [] });

const shown = (row: NetworkRow, location: string | undefined): Availability => ({
  ...row,
  atp: atpOf(row),
  locations: location === undefined ? row.locations : row.locations.filter((each) => each.location === location),
});
