import type { EventStore, Position, StoredEvent } from '@cartage/eventsourcing';

type Events = readonly StoredEvent[];

/** A follower that has had everything up to `at`. */
interface Follower {
  readonly batches: AsyncIterator<Events>;
  readonly at: Position;
}

/**
 * Reads a log in turns, each from where the last one ended. In between it stays a follower: what comes meanwhile is kept for it in this process, and the
 * database is not asked for what the process has appended itself.
 */
export class LogTurns {
  private resting: Follower | undefined;
  private signal: AbortSignal | undefined;

  constructor(private readonly store: Pick<EventStore, 'follow'>) {}

  /**
   * The next events after `from`; waits until there are some, or the signal ends that: then there are none. Whoever asks for another place than the one it
   * stands at, because somebody else went on or what it read was not kept, has the log read from there.
   */
  async next(from: Position, signal: AbortSignal): Promise<Events> {
    const { batches } = await this.standingAt(from, signal);
    this.resting = undefined;
    const { done, value } = await batches.next();
    if (done === true) return [];
    this.resting = { batches, at: value.at(-1)?.position ?? from };
    if (signal.aborted) await this.leave();
    return value;
  }

  private async standingAt(from: Position, signal: AbortSignal): Promise<Follower> {
    const { resting } = this;
    if (resting?.at === from && this.signal === signal) return resting;
    await this.leave();
    if (this.signal !== signal) signal.addEventListener('abort', () => void this.leave(), { once: true });
    this.signal = signal;
    return { batches: this.store.follow({ from, signal })[Symbol.asyncIterator](), at: from };
  }

  /** Is a follower no longer, as when the signal of the last turn ends. */
  async leave(): Promise<void> {
    const { resting } = this;
    this.resting = undefined;
    await resting?.batches.return?.();
  }
}
