import { numbersFrom } from '../../simulation/random';

/** A figure and the range in which it would lie in 95 of 100 such samples. */
export interface Measured {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** What one block (a SKU, a week) contributes to a figure that is a quotient of sums. */
export interface Share {
  readonly top: number;
  readonly bottom: number;
}

const DRAWS = 400;
const LEAST_BLOCKS = 8;

const quotient = (top: number, bottom: number): number => (bottom === 0 ? Number.NaN : top / bottom);

const totalOf = (shares: readonly Share[]): number =>
  quotient(
    shares.reduce((sum, { top }) => sum + top, 0),
    shares.reduce((sum, { bottom }) => sum + bottom, 0),
  );

/**
 * Whole blocks drawn with replacement (block bootstrap: Künsch 1989; of clusters: Davison and Hinkley 1997, section 3.8). The same draws serve every figure, so
 * that differences of methods are differences on the same blocks.
 */
export class Bootstrap {
  private readonly draws: readonly Uint32Array[];

  constructor(
    private readonly blocks: number,
    seed: number,
  ) {
    const next = numbersFrom(seed);
    const drawn = (): number => Math.floor(next() * blocks);
    this.draws = blocks < LEAST_BLOCKS ? [] : Array.from({ length: DRAWS }, () => Uint32Array.from({ length: blocks }, drawn));
  }

  /** Of shares by block, all blocks in the same order each time. Few blocks have no interval: it would be made of nothing. */
  measured(shares: readonly Share[]): Measured {
    return withInterval(
      totalOf(shares),
      this.draws.map((draw) => this.redrawn(shares, draw)),
    );
  }

  /** How much higher the first is. */
  difference(first: readonly Share[], second: readonly Share[]): Measured {
    const redrawn = this.draws.map((draw) => this.redrawn(first, draw) - this.redrawn(second, draw));
    return withInterval(totalOf(first) - totalOf(second), redrawn);
  }

  /** Of whatever is made of figures: it is given a way to sum up shares, of all blocks or of those that were drawn. */
  statistic(of: (summed: (shares: readonly Share[]) => number) => number): Measured {
    return withInterval(
      of(totalOf),
      this.draws.map((draw) => of((shares) => this.redrawn(shares, draw))),
    );
  }

  private redrawn(shares: readonly Share[], draw: Uint32Array): number {
    let [top, bottom] = [0, 0];
    for (let n = 0; n < this.blocks; n += 1) {
      const share = shares[draw[n] ?? 0];
      top += share?.top ?? 0;
      bottom += share?.bottom ?? 0;
    }
    return quotient(top, bottom);
  }
}

const withInterval = (value: number, redrawn: readonly number[]): Measured => {
  const sorted = redrawn.filter((each) => !Number.isNaN(each)).toSorted((a, b) => a - b);
  // What is not there has no interval, and neither has what most draws could not tell.
  if (Number.isNaN(value) || sorted.length < redrawn.length / 2 || sorted.length === 0) return { value };
  return { value, low: quantileOf(sorted, 0.025), high: quantileOf(sorted, 0.975) };
};

/** Of sorted values; between two of them in proportion (type 7 of Hyndman and Fan 1996). */
export const quantileOf = (sorted: ArrayLike<number>, share: number): number => {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below === undefined || above === undefined ? Number.NaN : below + (at - Math.floor(at)) * (above - below);
};
