/** Units of a SKU that are expected at one time. */
export interface ExpectedUnits {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly units: number;
}

/**
 * What is on order of a SKU for the open locations, as far as anybody knows when it comes, the earliest first; and how much of it lines that wait have
 * a claim on. Never more is claimed than is expected.
 */
export interface SkuSupply {
  readonly sku: string;
  readonly dates: readonly ExpectedUnits[];
  readonly backordered: number;
  /** Units on shelves that kits which wait for other parts count on. */
  readonly leaning: number;
}

export const noSupply = (sku: string): SkuSupply => ({ sku, dates: [], backordered: 0, leaning: 0 });

export const expectedOf = ({ dates }: Pick<SkuSupply, 'dates'>): number => dates.reduce((sum, { units }) => sum + units, 0);

/** So many units more are expected then, or (below zero) fewer. */
export const expecting = (dates: SkuSupply['dates'], { at, units }: ExpectedUnits): SkuSupply['dates'] => {
  const there = dates.find((each) => each.at === at)?.units ?? 0;
  return [...dates.filter((each) => each.at !== at), { at, units: there + units }]
    .filter((each) => each.units !== 0)
    .toSorted((one, other) => (one.at < other.at ? -1 : 1));
};

/** When so many units have come, if all comes as expected; nothing where fewer are expected. */
export const comeBy = (dates: SkuSupply['dates'], units: number): string | undefined => {
  let come = 0;
  return dates.find((each) => {
    come += each.units;
    return come >= units;
  })?.at;
};

/**
 * When each of those who wait is served: first in, first out among those for whom what is expected is enough. Each has a claim on units of its own, so
 * that all claims together are never more than is expected; a line that is too large leaves it to those behind.
 */
export const promisedDates = (waiting: readonly number[], dates: SkuSupply['dates'], claimed = 0): readonly (string | undefined)[] => {
  let taken = claimed;
  return waiting.map((units) => {
    const at = comeBy(dates, taken + units);
    if (at !== undefined) taken += units;
    return at;
  });
};

/** What a line that waits needs of each SKU: a kit, of all its parts. */
export interface WaitingUnits {
  readonly kit: boolean;
  readonly pieces: readonly { readonly sku: string; readonly units: number }[];
}

/** When the last of it comes, and which of its pieces are to come. */
export interface SupplyPromise {
  readonly at: string;
  readonly parts: readonly string[];
}

/** Where units may come from: what is on order, and, for parts of kits, what stands on shelves and nobody has a claim on. */
export interface SupplyPool {
  readonly dates: SkuSupply['dates'];
  readonly shelf: number;
}

interface Source {
  readonly sku: string;
  readonly units: number;
  /** Absent: it is there. */
  readonly at?: string;
}

/**
 * The same for lines that need several SKUs at once: a kit comes when its scarcest part does, and has a claim on all parts that are to come, or on none.
 * A part comes whole from a shelf or whole from what is on order.
 */
export const promisedLines = (
  waiting: readonly WaitingUnits[],
  poolOf: (sku: string) => SupplyPool,
): readonly (SupplyPromise | undefined)[] => {
  const [supplied, shelved] = [new Map<string, number>(), new Map<string, number>()];
  const sourceOf = (kit: boolean, sku: string, units: number): Source | undefined => {
    const { dates, shelf } = poolOf(sku);
    if (kit && shelf - (shelved.get(sku) ?? 0) >= units) return { sku, units };
    const at = comeBy(dates, (supplied.get(sku) ?? 0) + units);
    return at === undefined ? undefined : { sku, units, at };
  };
  return waiting.map(({ kit, pieces }) => {
    const sources = pieces.flatMap(({ sku, units }) => sourceOf(kit, sku, units) ?? []);
    const comes = sources.filter(({ at }) => at !== undefined);
    if (sources.length < pieces.length || comes.length === 0) return undefined;
    for (const { sku, units, at } of sources) {
      const from = at === undefined ? shelved : supplied;
      from.set(sku, (from.get(sku) ?? 0) + units);
    }
    const at = comes.reduce((last, each) => ((each.at ?? '') > last ? (each.at ?? '') : last), '');
    return { at, parts: comes.map(({ sku }) => sku) };
  });
};
