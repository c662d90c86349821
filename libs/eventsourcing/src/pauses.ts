import { systemClock, type Clock } from './clock';

export interface PausesOptions {
  readonly firstMs: number;
  readonly longestMs: number;
  readonly clock?: Clock;
}

/** The pause after so many tries, from 1 on: each twice as long as the one before, up to the longest. */
export const pauseAfter = (tries: number, { firstMs, longestMs }: Pick<PausesOptions, 'firstMs' | 'longestMs'>): number =>
  Math.min(firstMs * 2 ** (tries - 1), longestMs);

/** Pauses between tries: each twice as long as the one before, up to the longest; short again after a success. */
export class Pauses {
  private next: number;
  private readonly clock: Clock;

  constructor(private readonly options: PausesOptions) {
    this.next = options.firstMs;
    this.clock = options.clock ?? systemClock;
  }

  /** How long the next pause will be. */
  get nextMs(): number {
    return this.next;
  }

  /** An abort ends the pause, quietly. */
  async rest(signal?: AbortSignal): Promise<void> {
    const ms = this.next;
    this.next = Math.min(ms * 2, this.options.longestMs);
    await this.clock.pause(ms, signal);
  }

  reset(): void {
    this.next = this.options.firstMs;
  }
}
