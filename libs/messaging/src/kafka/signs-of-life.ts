import type { Clock } from '@cartage/eventsourcing';

export interface SignsOfLifeNeeds {
  readonly clock: Clock;
  /** A member that is well gives several signs in this time. */
  readonly lookEveryMs: number;
  /** So often in a row nothing may be heard of it. */
  readonly looks: number;
}

/** Whether a member of a group still lives: it may hang within its client, where nothing fails and nothing is logged. */
export class SignsOfLife {
  private seen = true;

  constructor(private readonly needs: SignsOfLifeNeeds) {}

  readonly give = (): void => {
    this.seen = true;
  };

  /** Ends once nothing was heard for too long, or when the signal says that nobody asks any more. Counts looks, not time: a process that stood still has missed none. */
  async silence(signal: AbortSignal): Promise<void> {
    const { clock, lookEveryMs, looks } = this.needs;
    for (let silent = 0; silent < looks && !signal.aborted; silent = this.seen ? 0 : silent + 1) {
      this.seen = false;
      await clock.pause(lookEveryMs, signal);
    }
  }
}
