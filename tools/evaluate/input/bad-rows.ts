/** A row that was not used, and why. */
export interface BadRow {
  /** Line of the file on which the row ends. */
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

/** Enough to see what is wrong; the rest is in the file. */
const SHOWN = 20;

/** All of them go to `written` as they come; a few are kept to be shown, and every reason is counted. */
export class BadRows {
  count = 0;
  readonly first: BadRow[] = [];
  private readonly reasons = new Map<string, number>();

  constructor(private readonly written: (row: BadRow) => void = () => undefined) {}

  add(row: BadRow): void {
    this.count += 1;
    this.written(row);
    if (this.first.length < SHOWN) this.first.push(row);
    // What stands after the colon is the cell itself: a million of them are one reason.
    const reason = `${row.column} ${row.reason.split(': ')[0] ?? ''}`.trim();
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }

  get byReason(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.reasons].toSorted(([, a], [, b]) => b - a));
  }
}
