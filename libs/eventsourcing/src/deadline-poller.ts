import { NO_MORE, systemClock, type Clock } from './clock';
import type { Deadline, DeadlineQueue, DueDeadline } from './deadlines';
import type { Meta } from './event-store';
import { pauseAfter } from './pauses';

/**
 * Tells a stream that a deadline of its has come. It has been told once this resolves, so the command must have landed by then. `meta` names the
 * command after the deadline: told twice, it is done once.
 */
export type OnDue = (deadline: Deadline, meta: Meta) => Promise<unknown>;

export interface DeadlinePollerOptions {
  readonly clock?: Clock;
  /** Looks at least so often, for deadlines that other processes set. */
  readonly pollMs?: number;
  /** At most so many are told at once. */
  readonly batchSize?: number;
  /** Whoever has not told a deadline after this long is taken for dead. */
  readonly holdMs?: number;
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
  /** Told of a deadline that could not be told, or, without one, of a queue that could not be reached; both are tried again. */
  readonly onTrouble?: (error: unknown, deadline?: Deadline) => void;
}

const DEFAULTS = {
  clock: systemClock,
  pollMs: 5_000,
  batchSize: 200,
  holdMs: 60_000,
  firstPauseMs: 1_000,
  longestPauseMs: 300_000,
  onTrouble: () => undefined,
};

/** Tells deadlines when they are due, at least once each, the earliest first. Any number of processes may run one on the same queue. */
export class DeadlinePoller {
  private readonly options: Required<DeadlinePollerOptions>;

  constructor(
    private readonly queue: DeadlineQueue,
    private readonly onDue: OnDue,
    options: DeadlinePollerOptions = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** Until the signal says so; what is in hand is finished. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const heard = this.queue.heard();
      const wait = await this.round().catch((error: unknown) => this.away(error));
      if (wait > 0) await this.rest(wait, heard, signal);
    }
  }

  /** Tells what is due. Answers with how long there is nothing to do. */
  private async round(): Promise<number> {
    const { clock, pollMs, holdMs, batchSize: limit } = this.options;
    const now = clock.now();
    const due = await this.queue.take({ now, until: new Date(now.getTime() + holdMs), limit });
    if (due.length > 0) {
      await this.tellAll(due);
      return 0;
    }
    const next = await this.queue.nextAt();
    return next ? Math.max(1, Math.min(pollMs, next.getTime() - clock.now().getTime())) : pollMs;
  }

  private away(error: unknown): number {
    this.options.onTrouble(error);
    return this.options.firstPauseMs;
  }

  /** Streams side by side; a stream's own one after the other, as they became due. */
  private async tellAll(due: readonly DueDeadline[]): Promise<void> {
    const streams = new Map<string, DueDeadline[]>();
    for (const deadline of due) {
      const ofStream = streams.get(deadline.stream);
      if (ofStream) ofStream.push(deadline);
      else streams.set(deadline.stream, [deadline]);
    }
    await Promise.all([...streams.values()].map((ofStream) => this.tellInTurn(ofStream)));
  }

  private async tellInTurn(due: readonly DueDeadline[]): Promise<void> {
    const told: string[] = [];
    for (const deadline of due) if (await this.tell(deadline)) told.push(deadline.id);
    await this.queue.settle(told);
  }

  private async tell({ tries, ...deadline }: DueDeadline): Promise<boolean> {
    const { id, correlationId = id } = deadline;
    try {
      await this.onDue(deadline, { commandId: `deadline:${id}`, correlationId, actor: 'deadline' });
      return true;
    } catch (error) {
      this.options.onTrouble(error, deadline);
      await this.queue.postpone(id, this.afterPause(tries));
      return false;
    }
  }

  private afterPause(tries: number): Date {
    const { clock, firstPauseMs: firstMs, longestPauseMs: longestMs } = this.options;
    return new Date(clock.now().getTime() + pauseAfter(tries, { firstMs, longestMs }));
  }

  private async rest(ms: number, heard: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const either = AbortSignal.any([signal, woken.signal]);
    await Promise.race([this.options.clock.pause(ms, either), this.queue.news(heard, either)]);
    woken.abort(NO_MORE);
  }
}
