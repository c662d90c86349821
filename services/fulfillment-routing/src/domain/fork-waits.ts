/** A ship group that waits for the next day of a location that is full, in the fork alone. */
export interface Wait {
  readonly at: string;
  readonly orderId: string;
  readonly shipGroupId: string;
}

const isBefore = (a: Wait, b: Wait): boolean =>
  a.at !== b.at ? a.at < b.at : `${a.orderId} ${a.shipGroupId}` < `${b.orderId} ${b.shipGroupId}`;

/** The deadlines of a fork, the earliest first. */
export class Waits {
  private readonly sorted: Wait[] = [];

  add(wait: Wait): void {
    let [from, to] = [0, this.sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const there = this.sorted[middle];
      if (there && isBefore(there, wait)) from = middle + 1;
      else to = middle;
    }
    this.sorted.splice(from, 0, wait);
  }

  /** The earliest that is due by then, taken off; nothing when none is. */
  next(until: string): Wait | undefined {
    const [first] = this.sorted;
    return first && first.at <= until ? this.sorted.shift() : undefined;
  }
}
