/** The last so many values, kept in order, so that a quantile costs nothing. */
export class SortedWindow {
  private readonly sorted: number[] = [];
  private readonly arrived: number[] = [];

  constructor(private readonly most = Number.POSITIVE_INFINITY) {}

  get size(): number {
    return this.sorted.length;
  }

  /** As they came: added in this order to an empty window, they are this window. Of one without a bound nothing is kept. */
  get values(): readonly number[] {
    return this.arrived;
  }

  add(value: number): void {
    this.sorted.splice(this.placeOf(value), 0, value);
    if (this.most === Number.POSITIVE_INFINITY) return;
    this.arrived.push(value);
    if (this.arrived.length > this.most) this.sorted.splice(this.placeOf(this.arrived.shift() ?? 0), 1);
  }

  /**
   * The k-th smallest of n, with k / (n + 1) at least the share: so many of those that come next lie at or below it, if they are as those that came
   * (split conformal: Papadopoulos et al. 2002). Nothing where nothing came.
   */
  atMost(share: number): number | undefined {
    const { length } = this.sorted;
    return this.sorted[Math.min(length, Math.max(1, Math.ceil(share * (length + 1)))) - 1];
  }

  /** Of the first that is not smaller. */
  private placeOf(value: number): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
