import { expectedOf, expecting, noSupply, type ExpectedUnits, type SkuSupply } from './expected';

/** What is on order, beside the sums that it will once be part of. */
export interface SupplyBook {
  /** When more of a SKU is expected; nothing where nobody knows. */
  nextSupplyAt(sku: string): string | undefined;
  /** What is on order of a SKU; its sums are locked. */
  supply(sku: string): SkuSupply;
  /** So many units more are expected then, or fewer. */
  expect(sku: string, change: ExpectedUnits): void;
  /** So many units more of what is expected are claimed, or fewer. */
  claimSupply(sku: string, units: number): void;
  /** Kits that wait count on so many units more that are there, or fewer. */
  leanOn(sku: string, units: number): void;
}

/** `moves` is told of each row before it is written. */
export const supplyBook = (rows: Map<string, SkuSupply>, moves: (row: SkuSupply) => void): SupplyBook => {
  const supply = (sku: string): SkuSupply => rows.get(sku) ?? noSupply(sku);
  const write = (row: SkuSupply): void => {
    moves(row);
    rows.set(row.sku, row);
  };
  return {
    supply,
    nextSupplyAt: (sku) => supply(sku).dates[0]?.at,
    expect: (sku, change) => write({ ...supply(sku), dates: expecting(supply(sku).dates, change) }),
    claimSupply: (sku, units) => {
      const before = supply(sku);
      const after = { ...before, backordered: before.backordered + units };
      if (after.backordered < 0 || after.backordered > expectedOf(after))
        throw new Error(`${after.backordered} units of ${sku} were to be claimed, of ${expectedOf(after)} that are expected.`);
      if (units !== 0) write(after);
    },
    leanOn: (sku, units) => {
      if (units !== 0) write({ ...supply(sku), leaning: supply(sku).leaning + units });
    },
  };
};
