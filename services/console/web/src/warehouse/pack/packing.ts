import type { Schemas } from '../../api/client';

export type Shipment = Schemas['Shipment'];
export type Suggestion = Schemas['PackingSuggestion'];
type Line = NonNullable<Shipment['lines']>[number];

/** How many units of each line have been scanned at the packing table. */
export type Checked = Readonly<Record<string, number>>;

export const checkedOf = ({ lineId }: Pick<Line, 'lineId'>, checked: Checked): number => checked[lineId] ?? 0;

/** What a scan means at the packing table. */
export type PackScan =
  | { readonly is: 'take'; readonly lineId: string; readonly sku: string }
  /** All of it is in already. */
  | { readonly is: 'enough' }
  /** It belongs to another order, or is nothing that we sell. */
  | { readonly is: 'stranger' };

const isSame = (scanned: string, sku: string): boolean => scanned.toLowerCase() === sku.toLowerCase();

/** Nothing goes into the parcel that the shipment does not ask for. */
export const packScanOf = (lines: readonly Line[], checked: Checked, code: string): PackScan => {
  const wanted = lines.filter(({ sku }) => isSame(code, sku));
  const line = wanted.find((each) => checkedOf(each, checked) < each.quantity);
  if (line) return { is: 'take', lineId: line.lineId, sku: line.sku };
  return { is: wanted.length > 0 ? 'enough' : 'stranger' };
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
