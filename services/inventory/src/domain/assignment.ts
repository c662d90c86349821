/** Units that may stand at any of these locations. */
export interface Demand {
  readonly units: number;
  readonly locations: readonly string[];
}

interface Step {
  readonly demand: number;
  readonly location: string;
}

/**
 * Places demands at locations, each where it may be, as many units as there is room for: those that were placed before move aside as long as they lose
 * nothing. Paths of a maximum flow; there are as many demands as there are sets of selling locations, so a handful.
 */
export class Assignment {
  private readonly free: Map<string, number>;
  private readonly demands: Demand[] = [];
  private readonly placed: Map<string, number>[] = [];

  constructor(available: ReadonlyMap<string, number>) {
    this.free = new Map(available);
  }

  /** How many of its units found room. */
  place(demand: Demand): number {
    const nth = this.demands.push(demand) - 1;
    this.placed.push(new Map());
    let units = 0;
    while (units < demand.units) {
      const path = this.pathFrom(nth);
      if (path.length === 0) break;
      units += this.move(path, demand.units - units);
    }
    return units;
  }

  /** From a demand over those that move aside to a location with room: the first found, the shortest. */
  private pathFrom(nth: number): readonly Step[] {
    const ways = new Map<number, readonly Step[]>([[nth, []]]);
    for (const [demand, way] of ways) {
      for (const location of this.demands[demand]?.locations ?? []) {
        const path = [...way, { demand, location }];
        if ((this.free.get(location) ?? 0) > 0) return path;
        this.standingAt(location)
          .filter((other) => !ways.has(other))
          .forEach((other) => ways.set(other, path));
      }
    }
    return [];
  }

  private standingAt(location: string): readonly number[] {
    return this.placed.flatMap((at, nth) => ((at.get(location) ?? 0) > 0 ? [nth] : []));
  }

  /** Along the path each demand takes the place of the next, and the last takes what is free. */
  private move(path: readonly Step[], most: number): number {
    const last = path.at(-1);
    const aside = path.slice(1).map(({ demand }, i) => this.placed[demand]?.get(path[i]?.location ?? '') ?? 0);
    const units = Math.min(most, this.free.get(last?.location ?? '') ?? 0, ...aside);
    path.forEach(({ demand, location }, i) => {
      this.add(demand, location, units);
      const next = path[i + 1];
      if (next) this.add(next.demand, location, -units);
    });
    if (last) this.free.set(last.location, (this.free.get(last.location) ?? 0) - units);
    return units;
  }

  private add(demand: number, location: string, units: number): void {
    const at = this.placed[demand];
    at?.set(location, (at.get(location) ?? 0) + units);
  }
}
