interface Entry<Mark> {
  readonly mark: Mark;
  finished: boolean;
}

/** Ends one piece of work; answers whether the watermark moved. */
export type Finish = () => boolean;

/** Knows up to where everything is done, while work that began in order ends in any order. */
export class Watermark<Mark> {
  private readonly entries: Entry<Mark>[] = [];
  private first = 0;
  private done: Mark | undefined;

  /** The last mark before which nothing is open. */
  get reached(): Mark | undefined {
    return this.done;
  }

  /** How many marks are at or beyond the oldest open one. */
  get span(): number {
    return this.entries.length - this.first;
  }

  begin(mark: Mark): Finish {
    const entry = { mark, finished: false };
    this.entries.push(entry);
    return () => this.finish(entry);
  }

  private finish(entry: Entry<Mark>): boolean {
    entry.finished = true;
    const before = this.first;
    for (let next = this.entries[this.first]; next?.finished; next = this.entries[this.first]) {
      this.done = next.mark;
      this.first += 1;
    }
    const moved = this.first > before;
    this.forget();
    return moved;
  }

  /** Finished entries are dropped in bulk, so that finishing one costs nothing. */
  private forget(): void {
    if (this.first < 1_024 || this.first * 2 < this.entries.length) return;
    this.entries.splice(0, this.first);
    this.first = 0;
  }
}
