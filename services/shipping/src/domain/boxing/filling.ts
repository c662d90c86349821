import { edgesOf, volume, type Box, type Edges, type Piece, type Unit } from './goods';

/*
 * What is left of a box after a piece was put into a corner of it is cut into three free spaces (beside, before and above it), none of which overlap, so that what
 * stands above something always stands on it. The same goods and boxes give the same answer.
 */

/** A piece in its box: where its corner is, and how it is turned; millimetres. */
export interface Placed {
  readonly lineId: string;
  readonly sku: string;
  readonly at: Edges;
  readonly edges: Edges;
}

interface Space {
  readonly at: Edges;
  readonly edges: Edges;
}

/** Upright, the height stays the height; else any edge may be. */
const turns = ({ edges: [l, w, h], fragile }: Piece): readonly Edges[] =>
  fragile
    ? [
        [l, w, h],
        [w, l, h],
      ]
    : [
        [l, w, h],
        [w, l, h],
        [l, h, w],
        [h, l, w],
        [w, h, l],
        [h, w, l],
      ];

const fits = ([x, y, z]: Edges, [l, w, h]: Edges): boolean => x <= l && y <= w && z <= h;

const turnedFor = (ways: readonly Edges[], space: Space): Edges | undefined => ways.find((edges) => fits(edges, space.edges));

/** What is free after a piece stands in the corner of a space. */
const rest = ({ at: [x, y, z], edges: [l, w, h] }: Space, [dx, dy, dz]: Edges, fragile: boolean): readonly Space[] => {
  const beside: Space = { at: [x + dx, y, z], edges: [l - dx, w, h] };
  const before: Space = { at: [x, y + dy, z], edges: [dx, w - dy, h] };
  const above: Space = { at: [x, y, z + dz], edges: [dx, dy, h - dz] };
  return [...(fragile ? [] : [above]), before, beside].filter(({ edges }) => volume(edges) > 0);
};

interface Inside {
  readonly spaces: readonly Space[];
  readonly placed: readonly Placed[];
}

const withPiece = ({ spaces, placed }: Inside, { lineId }: Unit, piece: Piece): Inside | undefined => {
  const ways = turns(piece);
  const n = spaces.findIndex((space) => turnedFor(ways, space));
  const space = spaces[n];
  const edges = space && turnedFor(ways, space);
  if (!space || !edges) return undefined;
  return {
    spaces: [...spaces.slice(0, n), ...rest(space, edges, piece.fragile), ...spaces.slice(n + 1)],
    placed: [...placed, { lineId, sku: piece.sku, at: space.at, edges }],
  };
};

/** All pieces of a unit, or none. */
const placedIn = (spaces: readonly Space[], unit: Unit): Inside | undefined => {
  let inside: Inside | undefined = { spaces, placed: [] };
  for (const piece of unit.pieces) inside = inside && withPiece(inside, unit, piece);
  return inside;
};

export interface Filled {
  readonly units: readonly Unit[];
  readonly placed: readonly Placed[];
  /** With the box. */
  readonly grams: number;
  readonly left: readonly Unit[];
}

/** A box into which so many kinds of goods did not fit any more is full. */
const MOST_MISSES = 100;

class Filling {
  private spaces: readonly Space[];
  private grams: number;
  private room: number;
  private readonly units: Unit[] = [];
  private readonly placed: Placed[] = [];
  private readonly misfits = new Set<string>();

  constructor(private readonly box: Box) {
    this.spaces = [{ at: [0, 0, 0], edges: edgesOf(box.inner) }];
    this.grams = box.tareGrams;
    this.room = volume(edgesOf(box.inner));
  }

  get isFull(): boolean {
    return this.misfits.size >= MOST_MISSES;
  }

  take(unit: Unit): boolean {
    const inside = this.mayTake(unit) ? placedIn(this.spaces, unit) : undefined;
    if (!inside) {
      this.misfits.add(unit.kind);
      return false;
    }
    this.spaces = inside.spaces;
    this.grams += unit.grams;
    this.room -= unit.volume;
    this.units.push(unit);
    this.placed.push(...inside.placed);
    return true;
  }

  with(left: readonly Unit[]): Filled {
    return { units: this.units, placed: this.placed, grams: this.grams, left };
  }

  private mayTake({ kind, fragile, grams, volume: needed }: Unit): boolean {
    if (this.misfits.has(kind) || (fragile && !this.box.padded)) return false;
    return this.grams + grams <= this.box.maxGrams && needed <= this.room;
  }
}

/** As many of these as go into one box, one after the other. */
export const filled = (box: Box, units: readonly Unit[]): Filled => {
  const filling = new Filling(box);
  const left: Unit[] = [];
  for (const [n, unit] of units.entries()) {
    if (filling.isFull) return filling.with([...left, ...units.slice(n)]);
    if (!filling.take(unit)) left.push(unit);
  }
  return filling.with(left);
};
