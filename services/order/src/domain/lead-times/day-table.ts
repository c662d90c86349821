/** How many took how many days, of whole days. */
export class DayTable {
  private readonly counts: number[] = [];
  private counted = 0;

  get size(): number {
    return this.counted;
  }

  add(days: number): void {
    const day = Math.max(0, Math.ceil(days));
    while (this.counts.length <= day) this.counts.push(0);
    this.counts[day] = (this.counts[day] ?? 0) + 1;
    this.counted += 1;
  }

  /** Days that at least this share took at most, with k / (n + 1) as in SortedWindow; the most that any took, where that is more than was seen. */
  atMost(share: number): number | undefined {
    if (this.counted === 0) return undefined;
    const wanted = Math.ceil(share * (this.counted + 1) - 1e-9);
    let sum = 0;
    const day = this.counts.findIndex((count) => (sum += count) >= wanted);
    return day < 0 ? this.counts.length - 1 : day;
  }
}
