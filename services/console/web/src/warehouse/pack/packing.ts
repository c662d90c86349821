import type { Schemas } from '../../api/client';
import { isSameSku, type Scanned } from '../../items/scanned';

export type Shipment = Schemas['Shipment'];
export type Suggestion = Schemas['PackingSuggestion'];
type Line = NonNullable<Shipment['lines']>[number];

/** How many units of each line have been scanned at the packing table. */
export type Checked = Readonly<Record<string, number>>;

export const checkedOf = ({ lineId }: Pick<Line, 'lineId'>, checked: Checked): number => checked[lineId] ?? 0;

/** What a scan means at the packing table. */
export type PackScan =
  | { readonly is: 'take'; readonly checked: Checked }
  /** All of it is in already. */
  | { readonly is: 'enough' }
  /** A code of a case: fewer are wanted than it holds. */
  | { readonly is: 'over' }
  /** It belongs to another order, or is nothing that we sell. */
  | { readonly is: 'stranger' };

/** Nothing goes into the parcel that the shipment does not ask for. Line after line is filled. */
export const packScanOf = (lines: readonly Line[], checked: Checked, { sku: scanned, units }: Scanned): PackScan => {
  const wanted = lines.filter(({ sku }) => isSameSku(sku, scanned));
  if (wanted.length === 0) return { is: 'stranger' };
  const filled = { ...checked };
  let left = units;
  for (const line of wanted) {
    const taken = Math.min(left, line.quantity - checkedOf(line, checked));
    filled[line.lineId] = checkedOf(line, checked) + taken;
    left -= taken;
  }
  if (left === 0) return { is: 'take', checked: filled };
  return { is: left === units ? 'enough' : 'over' };
};

export const isComplete = (lines: readonly Line[], checked: Checked): boolean =>
  lines.length > 0 && lines.every((line) => checkedOf(line, checked) >= line.quantity);

/** All units, as if each had been scanned. */
export const allOf = (lines: readonly Line[]): Checked => Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity]));

/** What one parcel weighs and measures that was packed otherwise than suggested. */
export interface Measured {
  readonly weightGrams?: number | undefined;
  readonly lengthMm?: number | undefined;
  readonly widthMm?: number | undefined;
  readonly heightMm?: number | undefined;
}

const edges = ['lengthMm', 'widthMm', 'heightMm'] as const;

/** All units in one parcel; nothing while it is not weighed. */
export const oneParcelOf = (lines: readonly Line[], measured: Measured): Schemas['PackShipmentDto'] | undefined => {
  if (!measured.weightGrams) return undefined;
  const sizes = Object.fromEntries(edges.map((edge) => [edge, measured[edge]]).filter(([, size]) => size !== undefined));
  return {
    parcels: [{ weightGrams: measured.weightGrams, ...sizes, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }],
  };
};

/** Whether it can be packed as it is suggested: nothing is left that no box was found for. */
export const isSuggested = ({ parcels, unboxed }: Pick<Suggestion, 'parcels' | 'unboxed'>): boolean =>
  parcels.length > 0 && unboxed.length === 0;
