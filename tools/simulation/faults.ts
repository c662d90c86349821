import type { Chance } from './random';

/** What may go wrong around services, and how often: shares of a hundred, unless something else is said. */
export interface Faults {
  /** At a way to or from what outlives a process: of a hundred thousand. */
  readonly crashes: number;
  /** A connection to the database, at a statement: of a hundred thousand. */
  readonly cuts: number;
  /** An event is handled once more, because whoever handled it did not get to say so. */
  readonly twice: number;
  /** A message or a call takes seconds instead of milliseconds. */
  readonly late: number;
  /** A caller's answer is lost, and it asks again under the same key. */
  readonly lostAnswers: number;
}

export const usualFaults: Faults = { crashes: 40, cuts: 20, twice: 3, late: 2, lostAnswers: 3 };
export const noFaults: Faults = { crashes: 0, cuts: 0, twice: 0, late: 0, lostAnswers: 0 };

export type FaultName = keyof Faults;

const OF = 1_000;

/** Draws faults; `off` are not drawn. Every question draws a number, so that to leave a kind of fault out changes as little as can be. */
export class FaultPlan {
  readonly injected: Record<FaultName, number> = { crashes: 0, cuts: 0, twice: 0, late: 0, lostAnswers: 0 };
  private quiet = false;

  constructor(
    private readonly faults: Faults,
    readonly chance: Chance,
  ) {}

  /** From here on nothing more goes wrong. */
  calm(): void {
    this.quiet = true;
  }

  happens(name: FaultName): boolean {
    const rare = name === 'crashes' || name === 'cuts';
    const drawn = this.chance.percent(rare ? this.faults[name] / OF : this.faults[name]);
    if (!drawn || this.quiet) return false;
    this.injected[name] += 1;
    return true;
  }

  /** How long a way takes: milliseconds, some of them seconds. */
  delay(): number {
    const usual = this.chance.whole(0, 4);
    return this.happens('late') ? this.chance.whole(500, 8_000) : usual;
  }
}
