/** Something that is to happen at a time. */
interface Timer {
  readonly at: number;
  readonly nth: number;
  readonly fire: () => void;
  cancelled: boolean;
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.nth < b.nth);

/** The next timer first: a binary heap. */
class Timers {
  private readonly heap: Timer[] = [];

  push(timer: Timer): void {
    const { heap } = this;
    let place = heap.push(timer) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(timer, heap[above] as Timer)) break;
      heap[place] = heap[above] as Timer;
      place = above;
    }
    heap[place] = timer;
  }

  first(): Timer | undefined {
    while (this.heap[0]?.cancelled) this.pop();
    return this.heap[0];
  }

  pop(): Timer | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (let below = 1; below < heap.length; below = place * 2 + 1) {
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Timer, heap[below] as Timer)) below += 1;
      if (!isBefore(heap[below] as Timer, last)) break;
      heap[place] = heap[below] as Timer;
      place = below;
    }
    heap[place] = last;
    return first;
  }
}

const turnOfNode = setImmediate;

/** So many turns are asked of Node at once: each empties the queues before the next, and between them nobody looks for I/O, which costs more than most turns. */
const AT_ONCE = 64;

/** Until everything that was ready has run: promises, ticks, and what follows from them. No I/O is under way in a simulation. */
class Turns {
  private left = 0;
  private waiting: () => void = () => undefined;

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting = resolve;
      if (this.left === 0) this.ask();
    });
  }

  private ask(): void {
    for (this.left = 0; this.left < AT_ONCE; this.left += 1) turnOfNode(this.turn);
  }

  private readonly turn = (): void => {
    this.left -= 1;
    const wake = this.waiting;
    this.waiting = () => undefined;
    wake();
  };
}

/** A time that stands still while anything runs, and goes straight to what is to happen next. */
export class SimulatedTime {
  private readonly timers = new Timers();
  private readonly turns = new Turns();
  private nth = 0;

  constructor(private ms: number) {}

  get now(): number {
    return this.ms;
  }

  get iso(): string {
    return new Date(this.ms).toISOString();
  }

  /** Answers how to call it off. */
  after(ms: number, fire: () => void): () => void {
    const timer: Timer = { at: this.ms + Math.max(0, ms), nth: (this.nth += 1), fire, cancelled: false };
    this.timers.push(timer);
    return () => void (timer.cancelled = true);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Everything that is to happen within so long, each at its time; `stop` ends it early. */
  async pass(ms: number, stop: () => boolean = () => false): Promise<void> {
    const until = this.ms + ms;
    await this.turns.next();
    for (let next = this.timers.first(); next && next.at <= until && !stop(); next = this.timers.first()) {
      this.timers.pop();
      this.ms = Math.max(this.ms, next.at);
      next.fire();
      await this.turns.next();
    }
    if (!stop()) this.ms = Math.max(this.ms, until);
  }

  /** As when a machine sleeps: nothing happens meanwhile, and what was to happen is late. */
  skip(ms: number): void {
    this.ms += ms;
  }
}
