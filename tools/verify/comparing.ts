export type Figure = string | number | boolean | null;
export type Figures = Readonly<Record<string, Figure>>;

/** What one side says of one thing. */
export interface Entry {
  readonly id: string;
  readonly figures: Figures;
}

/** Both sides on one figure of one thing. */
export interface Difference {
  readonly id: string;
  readonly figure: string;
  readonly theirs: Figure;
  readonly ours: Figure;
}

export interface Comparison {
  /** Things that either side knows. */
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** Ids that differ, all of them. */
  readonly different: readonly string[];
  /** Sums of the numbers of each side. */
  readonly totals: Readonly<Record<string, { readonly theirs: number; readonly ours: number }>>;
}

/** So many differences are told one by one; all are counted. */
const MOST_TOLD = 1_000;

const isNothing = (figure: Figure | undefined): boolean => figure === undefined || figure === null || figure === 0 || figure === false;

/** Nothing is the same as none: a side that has no row of a thing says the same as one that has a row of zeros. */
const isSame = (one: Figure | undefined, other: Figure | undefined): boolean => one === other || (isNothing(one) && isNothing(other));

const differencesOf = (id: string, theirs: Figures, ours: Figures): readonly Difference[] =>
  [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
    .filter((figure) => !isSame(theirs[figure], ours[figure]))
    .map((figure) => ({ id, figure, theirs: theirs[figure] ?? null, ours: ours[figure] ?? null }));

/** Looks at both sides in the order of their ids, one entry of each at a time. */
class Tally {
  private readonly different: string[] = [];
  private readonly told: Difference[] = [];
  private readonly totals = new Map<string, { theirs: number; ours: number }>();
  private compared = 0;

  take(id: string, theirs: Figures, ours: Figures): void {
    this.compared += 1;
    this.add('theirs', theirs);
    this.add('ours', ours);
    const found = differencesOf(id, theirs, ours);
    if (found.length === 0) return;
    this.different.push(id);
    if (this.told.length < MOST_TOLD) this.told.push(...found);
  }

  result(): Comparison {
    const { compared, told: differences, different } = this;
    return { compared, differences, different, totals: Object.fromEntries(this.totals) };
  }

  private add(side: 'theirs' | 'ours', figures: Figures): void {
    for (const [name, figure] of Object.entries(figures)) {
      if (typeof figure !== 'number') continue;
      const total = this.totals.get(name) ?? { theirs: 0, ours: 0 };
      total[side] += figure;
      this.totals.set(name, total);
    }
  }
}

/** One side, and the entry that it stands at. */
class Side {
  private current: Entry | undefined;

  private constructor(private readonly entries: AsyncIterator<Entry, unknown>) {}

  static async of(entries: AsyncIterable<Entry>): Promise<Side> {
    const side = new Side(entries[Symbol.asyncIterator]());
    await side.advance();
    return side;
  }

  get id(): string | undefined {
    return this.current?.id;
  }

  /** What it says of this thing; it stands at the next one then. */
  async take(id: string): Promise<Figures> {
    if (this.current?.id !== id) return {};
    const { figures } = this.current;
    await this.advance();
    return figures;
  }

  private async advance(): Promise<void> {
    const next = await this.entries.next();
    this.current = next.done ? undefined : next.value;
  }
}

/** As Postgres orders by "C": byte by byte. */
const earlier = (one: string | undefined, other: string | undefined): string | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) <= 0 ? one : other;
};

/** Compares two sides, both in the order of the bytes of their ids, whatever their size. */
export const comparedBy = async (theirs: AsyncIterable<Entry>, ours: AsyncIterable<Entry>): Promise<Comparison> => {
  const tally = new Tally();
  const [left, right] = [await Side.of(theirs), await Side.of(ours)];
  for (let id = earlier(left.id, right.id); id !== undefined; id = earlier(left.id, right.id))
    tally.take(id, await left.take(id), await right.take(id));
  return tally.result();
};
