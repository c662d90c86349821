import { setMaxListeners } from 'node:events';
import type { Incoming } from './group';

interface Entry<Mark> {
  mark: Mark;
  finished: boolean;
}

/** Ends one piece of work; answers whether the watermark moved. */
type Finish = () => boolean;

/** Knows up to where everything is done, while work that began in order ends in any order. */
class Watermark<Mark> {
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

  /** At this mark there is nothing to do: it is reached with what stands before it. Answers whether the watermark moved. */
  pass(mark: Mark): boolean {
    const last = this.span > 0 ? this.entries.at(-1) : undefined;
    if (last?.finished) last.mark = mark;
    else if (last) this.entries.push({ mark, finished: true });
    else this.done = mark;
    return last === undefined;
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

export interface DeliveryOptions {
  /** Takes it or stores it; false when the signal came before either. Never throws. */
  readonly settle: (incoming: Incoming, signal: AbortSignal) => Promise<boolean>;
  /** At most this many unfinished in hand; */
  readonly window: number;
  /** and no more once they are of this many bytes: one is taken however large it is. Without it their size is no matter. */
  readonly windowBytes?: number | undefined;
  /** Called whenever `reached` has moved. */
  readonly onProgress: () => void;
}

interface Waiting {
  readonly incoming: Incoming;
  readonly finish: Finish;
}

/** Whatever comes one after the other is one line: all of a key, or a single one of those that may come in any order. */
type LineName = string | symbol;

const lineOf = ({ key, anyOrder }: Incoming): LineName => (anyOrder === true ? Symbol(key) : key);

interface Line {
  readonly waiting: Waiting[];
  served: Promise<void>;
}

/** Marks that are done but stand behind an unfinished one would be delivered again after a crash: this bounds how many, in windows. */
const WINDOWS_BEHIND = 20;

/**
 * Delivers what stands in one order, a log or a partition, to a group: keys side by side, each in its own order. Nothing counts as done before it
 * is. Shared by all transports.
 */
export class Delivery<Mark> {
  private readonly lines = new Map<LineName, Line>();
  private readonly watermark = new Watermark<Mark>();
  private readonly ending = new AbortController();
  private unfinished = 0;
  private unfinishedBytes = 0;
  private roomWanted: (() => void)[] = [];

  constructor(private readonly options: DeliveryOptions) {
    // Each key that rests listens to it; Node would take more than ten for a leak.
    setMaxListeners(0, this.ending.signal);
  }

  /** The mark up to which everything is done. */
  get reached(): Mark | undefined {
    return this.watermark.reached;
  }

  get stopped(): boolean {
    return this.ending.signal.aborted;
  }

  /** Takes something in, or passes over a mark at which there is nothing to do. After `stop` nothing is taken, and the mark is never reached. */
  offer(mark: Mark, incoming?: Incoming): void {
    if (this.stopped) return;
    if (!incoming) return this.progress(this.watermark.pass(mark));
    const finish = this.watermark.begin(mark);
    this.unfinished += 1;
    this.unfinishedBytes += incoming.bytes ?? 0;
    const name = lineOf(incoming);
    const line = this.lines.get(name);
    if (line) line.waiting.push({ incoming, finish });
    else this.open(name, { incoming, finish });
  }

  hasRoom(): boolean {
    const { window, windowBytes = Infinity } = this.options;
    if (this.stopped) return true;
    return this.unfinished < window && this.unfinishedBytes < windowBytes && this.watermark.span < window * WINDOWS_BEHIND;
  }

  /** Resolves when there is room for more, or no more need for it. */
  async room(): Promise<void> {
    while (!this.hasRoom()) await new Promise<void>((resolve) => this.roomWanted.push(resolve));
  }

  /** Ends what is running; what waits, or rests between tries, stays undone and will be delivered again. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.giveRoom();
    await Promise.all([...this.lines.values()].map(({ served }) => served));
  }

  private open(name: LineName, first: Waiting): void {
    const line: Line = { waiting: [first], served: Promise.resolve() };
    this.lines.set(name, line);
    line.served = this.serve(name, line);
  }

  private async serve(name: LineName, { waiting }: Line): Promise<void> {
    const { signal } = this.ending;
    for (let next = waiting[0]; next && !signal.aborted; next = waiting[0]) {
      const isDone = await this.options.settle(next.incoming, signal);
      waiting.shift();
      if (isDone) this.finished(next);
    }
    this.lines.delete(name);
  }

  private finished({ incoming, finish }: Waiting): void {
    this.unfinished -= 1;
    this.unfinishedBytes -= incoming.bytes ?? 0;
    this.progress(finish());
    if (this.roomWanted.length > 0) this.giveRoom();
  }

  private progress(hasMoved: boolean): void {
    if (hasMoved) this.options.onProgress();
  }

  private giveRoom(): void {
    const wanted = this.roomWanted;
    this.roomWanted = [];
    for (const resolve of wanted) resolve();
  }
}
