import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RetryPolicy } from '../transport';
import { Watermark, type Finish } from './watermark';

/** One event for one group. */
export interface Task {
  /** Tasks of one key run one after the other, in the order in which they came. */
  readonly key: string;
  run(): Promise<unknown>;
  /** Puts it among the dead letters, durably. */
  bury(error: unknown, attempts: number): Promise<unknown>;
}

/** An error that no further try can cure. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless';
}

export interface KeyedRetryOptions {
  readonly retry: RetryPolicy;
  /** At most this many unfinished tasks in hand. */
  readonly window: number;
  readonly log: Logger;
  /** Called whenever `reached` has moved. */
  readonly onProgress: () => void;
}

interface Waiting {
  readonly task: Task;
  readonly finish: Finish;
}

interface Line {
  readonly waiting: Waiting[];
  served: Promise<void>;
}

/** Marks that are done but stand behind an unfinished one would be delivered again after a crash: this bounds how many, in windows. */
const WINDOWS_BEHIND = 20;

/**
 * What both transports share. Keys run side by side, each in its own order. A failing task is tried again with growing pauses while only
 * its own key waits; after the last try it is buried and its key goes on. Nothing counts as done before it is.
 */
export class KeyedRetry<Mark> {
  private readonly lines = new Map<string, Line>();
  private readonly watermark = new Watermark<Mark>();
  private readonly ending = new AbortController();
  private unfinished = 0;
  private roomWanted: (() => void)[] = [];

  constructor(private readonly options: KeyedRetryOptions) {}

  /** The mark up to which everything is done. */
  get reached(): Mark | undefined {
    return this.watermark.reached;
  }

  get stopped(): boolean {
    return this.ending.signal.aborted;
  }

  /** Takes a task in, or passes over a mark that has none. After `stop` nothing is taken, and the mark is never reached. */
  offer(mark: Mark, task?: Task): void {
    if (this.stopped) return;
    const finish = this.watermark.begin(mark);
    if (!task) return this.progress(finish);
    this.unfinished += 1;
    const line = this.lines.get(task.key);
    if (line) line.waiting.push({ task, finish });
    else this.open(task.key, { task, finish });
  }

  hasRoom(): boolean {
    const { window } = this.options;
    return this.stopped || (this.unfinished < window && this.watermark.span < window * WINDOWS_BEHIND);
  }

  /** Resolves when there is room for another task, or no more need for it. */
  async room(): Promise<void> {
    while (!this.hasRoom()) await new Promise<void>((resolve) => this.roomWanted.push(resolve));
  }

  /** Ends the tasks that are running; those that wait, or pause between tries, stay undone and will be delivered again. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.giveRoom();
    await Promise.all([...this.lines.values()].map(({ served }) => served));
  }

  private open(key: string, first: Waiting): void {
    const line: Line = { waiting: [first], served: Promise.resolve() };
    this.lines.set(key, line);
    line.served = this.serve(key, line);
  }

  private async serve(key: string, { waiting }: Line): Promise<void> {
    for (let next = waiting[0]; next && !this.stopped; next = waiting[0]) {
      const done = await this.settle(next.task);
      waiting.shift();
      if (done) this.finished(next.finish);
    }
    this.lines.delete(key);
  }

  private finished(finish: Finish): void {
    this.unfinished -= 1;
    this.progress(finish);
    if (this.roomWanted.length > 0) this.giveRoom();
  }

  private progress(finish: Finish): void {
    if (finish()) this.options.onProgress();
  }

  private giveRoom(): void {
    const wanted = this.roomWanted;
    this.roomWanted = [];
    for (const resolve of wanted) resolve();
  }

  /** Whether the task is done, one way or the other. */
  private async settle(task: Task): Promise<boolean> {
    for (let attempt = 1; !this.stopped; attempt += 1) {
      try {
        await task.run();
        return true;
      } catch (error) {
        if (error instanceof Hopeless || attempt >= this.options.retry.attempts) return this.bury(task, error, attempt);
        this.options.log.warn({ err: error, key: task.key, attempt }, 'An event could not be taken; it will be tried again.');
        await this.pauseAfter(attempt);
      }
    }
    return false;
  }

  /** A dead letter must not get lost either: storing it is tried for ever. */
  private async bury(task: Task, error: unknown, attempts: number): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await task.bury(error, attempts);
        this.options.log.error({ err: error, key: task.key, attempts }, 'An event became a dead letter.');
        return true;
      } catch (failure) {
        this.options.log.error({ err: failure, key: task.key, attempt }, 'A dead letter could not be stored; it will be tried again.');
        await this.pauseAfter(attempt);
        if (this.stopped) return false;
      }
    }
  }

  private async pauseAfter(attempt: number): Promise<void> {
    // An aborted pause is the quiet way to stop, not a fault.
    await sleep(pauseOf(this.options.retry, attempt), undefined, { signal: this.ending.signal }).catch(() => undefined);
  }
}

/** Doubles from the first pause to the longest. */
export const pauseOf = ({ firstPauseMs, longestPauseMs }: RetryPolicy, attempt: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt - 1, 30));
