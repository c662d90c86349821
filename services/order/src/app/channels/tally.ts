/** What a comparison came to. */
export interface Compared {
  readonly compared: number;
  /** Something of them is on its way: compared the next time. */
  readonly inFlight: number;
  /** Orders that had never come, and were brought in. */
  readonly fetched: number;
  /** Orders that both sides disagree about. */
  readonly differing: number;
}

export type Verdict = 'in-flight' | 'same' | 'differing';

/** Counts, and remembers which orders were seen. */
export class Tally {
  readonly seen = new Set<string>();
  private readonly verdicts = new Map<string, Verdict>();
  fetched = 0;

  count(externalOrderId: string, verdict: Verdict): void {
    this.seen.add(externalOrderId);
    this.verdicts.set(externalOrderId, verdict);
  }

  get sum(): Compared {
    const of = (which: Verdict): number => [...this.verdicts.values()].filter((verdict) => verdict === which).length;
    return { compared: this.verdicts.size, inFlight: of('in-flight'), fetched: this.fetched, differing: of('differing') };
  }
}
