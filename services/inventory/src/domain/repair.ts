import { Refused } from '@cartage/eventsourcing';
import { atpOf, heldBack, type NetworkStock, type Stock } from './stock';

/** A location's row of a SKU beside all that ever moved there. */
export interface RecountedCell {
  readonly row: Stock;
  readonly moved: Pick<Stock, 'onHand' | 'allocated' | 'unavailable'> & { readonly heldBack: number };
  /** What the log says that is to be held back. */
  readonly safetyStock: number;
}

/** A SKU's rows beside what moved them. */
export interface Recounted {
  readonly network: NetworkStock;
  /** What the movements say that is reserved. */
  readonly reserved: number;
  readonly cells: readonly RecountedCell[];
  /** What others were told last that can be promised; null: nothing yet. */
  readonly announced: number | null;
}

/** A figure that the log says otherwise, set right. Units on hand are never set: they are adjusted. */
export interface Correction {
  /** Null: the sum over the network. */
  readonly location: string | null;
  readonly figure: string;
  readonly was: number;
  readonly is: number;
}

export interface Repair {
  /** Rows as the log says them, before the adjustments. */
  readonly network: NetworkStock;
  readonly stock: readonly Stock[];
  readonly corrections: readonly Correction[];
  /** What the log is to be told, so that it says the units that orders were promised by. */
  readonly adjustments: readonly { readonly location: string; readonly quantity: number }[];
}

/**
 * What makes a SKU's rows and its log say one thing. Units on hand: the row is kept, because orders were promised by it, and the difference is told as an
 * adjustment that everybody hears of. Everything else follows from the log.
 */
export const repairOf = ({ network, reserved, cells, announced }: Recounted): Repair => {
  const stock = cells.map(stockByLog);
  stock.forEach(requirePossible);
  const sums = sumsOf(network, reserved, stock);
  return {
    network: sums,
    stock,
    corrections: [
      ...cells.flatMap(({ row }, i) => differences(row, stock[i])),
      ...differences({ ...network, location: null }, sums),
      ...misTold(announced, sums),
    ],
    adjustments: cells
      .map(({ row, moved }) => ({ location: row.location, quantity: row.onHand - moved.onHand }))
      .filter(({ quantity }) => quantity !== 0),
  };
};

const stockByLog = ({ row, moved, safetyStock }: RecountedCell): Stock => {
  const { onHand, allocated, unavailable } = moved;
  const kept = { ...row, onHand, allocated, unavailable };
  return heldBack(kept) === moved.heldBack ? kept : { ...kept, safetyStock };
};

const sumsOf = (network: NetworkStock, reserved: number, stock: readonly Stock[]): NetworkStock => {
  const open = stock.filter(({ active }) => active);
  const sum = (unitsOf: (row: Stock) => number): number => open.reduce((units, row) => units + unitsOf(row), 0);
  return {
    ...network,
    reserved,
    onHand: sum(({ onHand }) => onHand),
    allocated: sum(({ allocated }) => allocated),
    safetyStock: sum(heldBack),
  };
};

const figures = ['onHand', 'reserved', 'allocated', 'safetyStock', 'unavailable'] as const;
type Figures = { readonly [Figure in (typeof figures)[number]]?: number };

/** On hand of a location is left to the adjustments. */
const differences = (row: Figures & { readonly location: string | null }, right: Figures = row): readonly Correction[] =>
  figures
    .filter((figure) => row.location === null || figure !== 'onHand')
    .map((figure) => ({ location: row.location, figure, was: row[figure] ?? 0, is: right[figure] ?? 0 }))
    .filter(({ was, is }) => was !== is);

/** It is told again, right, when the log says that it was wrong. */
const misTold = (announced: number | null, sums: NetworkStock): readonly Correction[] =>
  announced === null || announced === atpOf(sums) ? [] : [{ location: null, figure: 'announced', was: announced, is: atpOf(sums) }];

const requirePossible = ({ sku, location, onHand, allocated, unavailable }: Stock): void => {
  if (allocated >= 0 && unavailable >= 0 && allocated <= onHand) return;
  throw new Refused(
    'DRIFT_NOT_REPAIRABLE',
    `The movements of ${sku} at ${location} add up to ${onHand} on hand, ${allocated} allocated, ${unavailable} unavailable: they were changed themselves. Restore them first (docs/how-to/operate.md).`,
  );
};
