import { bell, messageOf, Pauses, type Clock } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import type { RetryPolicy } from '../transport';

export interface OutageNeeds {
  readonly retry: Pick<RetryPolicy, 'firstPauseMs' | 'longestPauseMs'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Ends the rests: the group stops. */
  readonly signal: AbortSignal;
}

/**
 * Something that a group cannot do without is away. While it lasts the group rests, longer each time, and after each rest one piece of its work
 * finds out whether it is over; the rest of the group waits for the answer.
 */
export class Outage {
  private readonly news = bell();
  private readonly pauses: Pauses;
  private began: { readonly since: string; readonly why: string } | undefined;
  /** Resting, or one piece of work is finding out. */
  private busy = false;
  private resting = false;

  constructor(private readonly needs: OutageNeeds) {
    const { retry, clock } = needs;
    this.pauses = new Pauses({ firstMs: retry.firstPauseMs, longestMs: retry.longestPauseMs, clock });
  }

  /** Since when and why; nothing while all is well. */
  get now(): { readonly since: string; readonly why: string } | undefined {
    return this.began;
  }

  /** Until there is reason to try; false when the signal says stop. Whoever is told to try says how it went, by `heard` or `ended`. */
  async over(signal: AbortSignal): Promise<boolean> {
    while (this.began && this.busy && !signal.aborted) await this.news.next(this.news.rings(), signal);
    if (signal.aborted) return false;
    if (this.began) this.busy = true;
    return true;
  }

  /** It is away. What was begun before and fails now says nothing new. */
  heard(error: unknown): void {
    if (!this.began) {
      this.began = { since: this.needs.clock.now().toISOString(), why: messageOf(error) };
      this.needs.log.warn({ err: error }, 'Something is away that this group cannot do without; it waits, and tries again.');
    }
    if (!this.resting) void this.rest();
  }

  /** Something was answered. */
  ended(): void {
    if (!this.began) return;
    this.needs.log.warn({ since: this.began.since }, 'What was away is back; this group goes on.');
    this.began = undefined;
    this.busy = false;
    this.pauses.reset();
    this.news.ring();
  }

  private async rest(): Promise<void> {
    this.busy = true;
    this.resting = true;
    await this.pauses.rest(this.needs.signal);
    this.resting = false;
    this.busy = false;
    this.news.ring();
  }
}
