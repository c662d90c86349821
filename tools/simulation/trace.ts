import { createHash } from 'node:crypto';

/** Everything that happened, in its order. Two runs of a seed that differ anywhere differ in their digest. */
export class Trace {
  private readonly hash = createHash('sha256');
  private readonly last: string[] = [];
  lines = 0;

  constructor(
    private readonly kept: number,
    private readonly print: ((line: string) => void) | undefined,
  ) {}

  add(line: string): void {
    this.hash.update(`${line}\n`);
    this.lines += 1;
    this.print?.(line);
    this.last.push(line);
    if (this.last.length > 2 * this.kept) this.last.splice(0, this.kept);
  }

  /** The last of it. */
  get end(): readonly string[] {
    return this.last.slice(-this.kept);
  }

  digest(): string {
    return this.hash.copy().digest('hex');
  }
}
