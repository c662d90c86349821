import { Pauses, systemClock, type Clock } from '@cartage/eventsourcing';

export interface SavingNeeds {
  readonly everyMs: number;
  readonly save: () => Promise<void>;
  /** A save failed; the next one makes up for it. */
  readonly failed: (error: unknown) => void;
  readonly clock?: Clock;
}

/** Saves progress at most once in `everyMs`, and never when there is none. What was not saved is only delivered again. */
export class Saving {
  private wanted = false;
  private running: Promise<void> | undefined;
  private readonly ending = new AbortController();

  constructor(private readonly needs: SavingNeeds) {}

  /** There is something new to save. */
  readonly needed = (): void => {
    this.wanted = true;
    if (!this.ending.signal.aborted) this.running ??= this.run().finally(this.ended);
  };

  private readonly ended = (): void => {
    this.running = undefined;
    if (this.wanted) this.needed();
  };

  /** Saves no more. No timer is left. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  /** Saves now, for the last time, and is done when that is done. */
  async flush(): Promise<void> {
    await this.stop();
    await this.needs.save();
  }

  private async run(): Promise<void> {
    const { everyMs, save, failed, clock = systemClock } = this.needs;
    const { signal } = this.ending;
    const pauses = new Pauses({ firstMs: everyMs, longestMs: Math.max(everyMs, 10_000), clock });
    while (this.wanted && !signal.aborted) {
      await pauses.rest(signal);
      if (signal.aborted) return;
      this.wanted = false;
      try {
        await save();
        pauses.reset();
      } catch (error) {
        this.wanted = true;
        failed(error);
      }
    }
  }
}
