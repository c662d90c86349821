import type { LineQuantity } from '@cartage/contracts';
import { filled, type Filled, type Placed } from './filling';
import { edgesOf, gramsOf, piecesEach, unitOf, volume, type Box, type Goods, type KnownGoods, type Size, type Unit } from './goods';

/** Into which boxes goods go: the largest first, each where it fits first, turned about where it may be. */

type Line = Pick<LineQuantity, 'lineId' | 'sku' | 'quantity'>;

/** Why a parcel is as it is: the smallest box that holds all that was left, the one that holds most of it, or no box at all. */
export type ParcelReason = 'holds-all' | 'holds-most' | 'own-packing';

export interface SuggestedParcel {
  /** Absent: it is sent in its own packing. */
  readonly box?: Box;
  readonly reason: ParcelReason;
  /** With the box. */
  readonly weightGrams: number;
  /** On the outside; absent where the size of what is sent in its own packing is not known. */
  readonly size?: Size;
  /** Percent of what the box holds. */
  readonly volumeUsed: number;
  readonly lines: readonly Line[];
  readonly placed: readonly Placed[];
}

/** Why nothing is suggested for units. */
export type UnboxedReason = 'weight-unknown' | 'size-unknown' | 'no-boxes' | 'no-padded-box' | 'too-heavy' | 'too-large' | 'too-many';

export interface Suggestion {
  readonly parcels: readonly SuggestedParcel[];
  readonly unboxed: readonly (Line & { readonly reason: UnboxedReason })[];
}

/** More is packed by people and pallets. */
const MOST_PIECES = 20_000;

const contents = (units: readonly Pick<Unit, 'lineId' | 'sku'>[]): readonly Line[] => {
  const lines = new Map<string, Line>();
  for (const { lineId, sku } of units) lines.set(lineId, { lineId, sku, quantity: (lines.get(lineId)?.quantity ?? 0) + 1 });
  return [...lines.values()];
};

const volumeIn = ({ units }: Filled): number => units.reduce((sum, unit) => sum + unit.volume, 0);

interface Tried {
  readonly box: Box;
  readonly filled: Filled;
}

/** The smallest box that takes all of it; where none does, the one that takes most. */
const bestOf = (boxes: readonly Box[], units: readonly Unit[]): Tried | undefined => {
  let best: Tried | undefined;
  for (const box of boxes) {
    const tried = { box, filled: filled(box, units) };
    if (tried.filled.left.length === 0) return tried;
    if (tried.filled.units.length > 0 && (!best || volumeIn(tried.filled) > volumeIn(best.filled))) best = tried;
  }
  return best;
};

const parcelOf = ({ box, filled: inside }: Tried): SuggestedParcel => ({
  box,
  reason: inside.left.length === 0 ? 'holds-all' : 'holds-most',
  weightGrams: inside.grams,
  size: box.outer,
  volumeUsed: Math.round((100 * volumeIn(inside)) / volume(edgesOf(box.inner))),
  lines: contents(inside.units),
  placed: inside.placed,
});

const boxed = (
  boxes: readonly Box[],
  units: readonly Unit[],
): { readonly parcels: readonly SuggestedParcel[]; readonly left: readonly Unit[] } => {
  const parcels: SuggestedParcel[] = [];
  let left = units;
  for (;;) {
    const best = left.length > 0 ? bestOf(boxes, left) : undefined;
    if (!best) return { parcels, left };
    parcels.push(parcelOf(best));
    left = best.filled.left;
  }
};

/** The largest first, and what is fragile last, so that it comes to stand on the rest; of equals, those of one kind together. */
const inOrder = (one: Unit, other: Unit): number =>
  Number(one.fragile) - Number(other.fragile) || other.volume - one.volume || (one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0);

const smallestFirst = (one: Box, other: Box): number =>
  volume(edgesOf(one.inner)) - volume(edgesOf(other.inner)) ||
  (one.cost?.amount ?? 0) - (other.cost?.amount ?? 0) ||
  (one.code < other.code ? -1 : 1);

const alone = ({ lineId, sku }: Line, goods: Goods, weightGrams: number): SuggestedParcel => ({
  reason: 'own-packing',
  weightGrams,
  ...(goods.size ? { size: goods.size } : {}),
  volumeUsed: 100,
  lines: [{ lineId, sku, quantity: 1 }],
  placed: goods.size ? [{ lineId, sku, at: [0, 0, 0], edges: edgesOf(goods.size) }] : [],
});

/** Why no box takes it, although its size and weight are known. */
const whyNot = ({ fragile, grams }: Unit, boxes: readonly Box[]): UnboxedReason => {
  if (boxes.length === 0) return 'no-boxes';
  const open = boxes.filter(({ padded }) => padded || !fragile);
  if (open.length === 0) return 'no-padded-box';
  return open.every(({ tareGrams, maxGrams }) => tareGrams + grams > maxGrams) ? 'too-heavy' : 'too-large';
};

const leftOver = (units: readonly Unit[], boxes: readonly Box[]): Suggestion['unboxed'] => {
  const reasons = new Map(units.map((unit) => [unit.lineId, whyNot(unit, boxes)]));
  return contents(units).map((line) => ({ ...line, reason: reasons.get(line.lineId) ?? 'too-large' }));
};

/** What is to become of a line before any box is looked at. */
interface Sorted {
  readonly own: readonly SuggestedParcel[];
  readonly units: readonly Unit[];
  readonly unboxed: Suggestion['unboxed'];
}

const sortedOut = (line: LineQuantity, known: KnownGoods): Sorted => {
  const { lineId, sku, quantity } = line;
  const goods = known.get(sku) ?? {};
  const grams = gramsOf(goods);
  if (goods.ownPacking && grams !== undefined)
    return { own: Array.from({ length: quantity }, () => alone(line, goods, grams)), units: [], unboxed: [] };
  const unit = unitOf(line, known);
  if (typeof unit === 'string') return { own: [], units: [], unboxed: [{ lineId, sku, quantity, reason: unit }] };
  return { own: [], units: Array.from({ length: quantity }, () => unit), unboxed: [] };
};

/** Parcels for these lines; every unit is in one of them, or is named with why it is not. */
export const suggested = (lines: readonly LineQuantity[], known: KnownGoods, boxes: readonly Box[]): Suggestion => {
  const pieces = lines.reduce((sum, line) => sum + line.quantity * piecesEach(line, known), 0);
  if (pieces > MOST_PIECES)
    return { parcels: [], unboxed: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity, reason: 'too-many' })) };
  const all = lines.map((line) => sortedOut(line, known));
  const { parcels, left } = boxed(boxes.toSorted(smallestFirst), all.flatMap(({ units }) => units).toSorted(inOrder));
  return {
    parcels: [...parcels, ...all.flatMap(({ own }) => own)],
    unboxed: [...all.flatMap(({ unboxed }) => unboxed), ...leftOver(left, boxes)],
  };
};
