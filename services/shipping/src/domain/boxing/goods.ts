import { piecesOf, type LineQuantity } from '@cartage/contracts';

export interface Size {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A kind of box that a location has. */
export interface Box {
  readonly code: string;
  /** What goes into it. */
  readonly inner: Size;
  /** What a carrier measures. */
  readonly outer: Size;
  /** Of the empty box. */
  readonly tareGrams: number;
  /** With what is in it. */
  readonly maxGrams: number;
  /** What is fragile goes into no other. */
  readonly padded: boolean;
  readonly cost?: { readonly currency: string; readonly amount: number };
}

/** What is known of a SKU, of one unit with its own packing. */
export interface Goods {
  readonly size?: Size;
  readonly weightGrams?: number;
  /** It stays upright, nothing stands on it, and its box is padded. */
  readonly fragile?: boolean;
  /** It is sent in its own packing, without a box. */
  readonly ownPacking?: boolean;
}
export type KnownGoods = ReadonlyMap<string, Goods>;

export type Edges = readonly [number, number, number];
export const edgesOf = ({ lengthMm, widthMm, heightMm }: Size): Edges => [lengthMm, widthMm, heightMm];
export const volume = ([x, y, z]: Edges): number => x * y * z;

/** What is put into a box as one thing: a unit, or a part of a kit. */
export interface Piece {
  readonly sku: string;
  readonly edges: Edges;
  readonly fragile: boolean;
}

/** One unit of a line; what it is made of stays together. */
export interface Unit {
  readonly lineId: string;
  readonly sku: string;
  readonly grams: number;
  readonly pieces: readonly Piece[];
  readonly volume: number;
  readonly fragile: boolean;
  /** Units of one kind stand and fall together: where one does not fit, none of the others does. */
  readonly kind: string;
}

export type Unknown = 'weight-unknown' | 'size-unknown';

/** A scale that shows nothing was not asked. */
export const gramsOf = ({ weightGrams = 0 }: Goods): number | undefined => (weightGrams > 0 ? weightGrams : undefined);

const unknownOf = (goods: Goods): Unknown | undefined => {
  if (gramsOf(goods) === undefined) return 'weight-unknown';
  return goods.size ? undefined : 'size-unknown';
};

interface Made {
  readonly goods: Goods;
  readonly sku: string;
  readonly quantity: number;
}

/** A kit that is measured as such goes as it is; else its parts do, together. */
const madeOf = (line: LineQuantity, known: KnownGoods): readonly Made[] => {
  const whole = known.get(line.sku) ?? {};
  if (!line.parts || !unknownOf(whole)) return [{ goods: whole, sku: line.sku, quantity: 1 }];
  return piecesOf(line).map(({ sku, quantity }) => ({ goods: known.get(sku) ?? {}, sku, quantity }));
};

const largestFirst = (one: Piece, other: Piece): number =>
  Number(one.fragile) - Number(other.fragile) || volume(other.edges) - volume(one.edges);

const piecesIn = (made: readonly Made[]): readonly Piece[] =>
  made
    .flatMap(({ goods: { size, fragile = false }, sku, quantity }) =>
      size ? Array.from({ length: quantity }, (): Piece => ({ sku, edges: edgesOf(size), fragile })) : [],
    )
    .toSorted(largestFirst);

/** How many pieces one unit of a line is. */
export const piecesEach = (line: LineQuantity, known: KnownGoods): number =>
  madeOf(line, known).reduce((sum, { quantity }) => sum + quantity, 0);

/** One unit of a line; or why nobody can say into what it fits. */
export const unitOf = (line: LineQuantity, known: KnownGoods): Unit | Unknown => {
  const made = madeOf(line, known);
  const unknown = made.flatMap(({ goods }) => unknownOf(goods) ?? [])[0];
  if (unknown) return unknown;
  const pieces = piecesIn(made);
  const grams = made.reduce((sum, { goods, quantity }) => sum + (gramsOf(goods) ?? 0) * quantity, 0);
  return {
    ...{ lineId: line.lineId, sku: line.sku, grams, pieces },
    volume: pieces.reduce((sum, { edges }) => sum + volume(edges), 0),
    fragile: pieces.some(({ fragile }) => fragile),
    kind: JSON.stringify([grams, pieces.map(({ edges, fragile }) => [...edges, fragile])]),
  };
};
