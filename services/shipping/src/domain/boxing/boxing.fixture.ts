import type { LineQuantity } from '@cartage/contracts';
import type { SuggestedParcel, Suggestion } from './boxing';
import type { Placed } from './filling';
import { edgesOf } from './goods';

const axes = [0, 1, 2] as const;

const end = ({ at, edges }: Placed, axis: 0 | 1 | 2): number => at[axis] + edges[axis];

const units = (lines: readonly { readonly lineId: string; readonly quantity: number }[], lineId: string): number =>
  lines.reduce((sum, one) => (one.lineId === lineId ? sum + one.quantity : sum), 0);

const outside = ({ box, placed, weightGrams }: SuggestedParcel): readonly string[] => {
  if (!box) return [];
  const inner = edgesOf(box.inner);
  const sticksOut = placed.filter((piece) => axes.some((axis) => end(piece, axis) > inner[axis]));
  return [
    ...sticksOut.map(({ sku }) => `${sku} sticks out of ${box.code}`),
    ...(weightGrams > box.maxGrams ? [`${box.code} is too heavy`] : []),
  ];
};

/** What no suggestion may be: units that vanish or are boxed twice, pieces that stick out, boxes that are too heavy. */
export const faultsOf = (lines: readonly LineQuantity[], { parcels, unboxed }: Suggestion): readonly string[] => {
  const found = [...parcels.flatMap((parcel) => parcel.lines), ...unboxed];
  const wrong = lines.filter(({ lineId, quantity }) => units(found, lineId) !== quantity);
  return [...wrong.map(({ lineId }) => `line ${lineId} is not there once`), ...parcels.flatMap(outside)];
};

/** Whether two pieces share no space. */
export const apart = (one: Placed, other: Placed): boolean =>
  axes.some((axis) => end(one, axis) <= other.at[axis] || end(other, axis) <= one.at[axis]);

/** Whether one stands anywhere above the other. */
export const above = (one: Placed, other: Placed): boolean =>
  one.at[2] >= end(other, 2) && ([0, 1] as const).every((axis) => one.at[axis] < end(other, axis) && other.at[axis] < end(one, axis));
