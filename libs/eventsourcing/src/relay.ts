import { Away, isAway } from './away';
import type { Bell } from './bell';
import { NO_MORE, type Clock } from './clock';
import { messageOf } from './errors';
import { pauseAfter } from './pauses';
import { Refused, type FieldError } from './refused';
import { inSpan, ownId, type SpanAbout, type Tracing } from './tracing';

/** Whoever says that he has had enough for a year, or for no time that there is, is asked again after an hour. */
const LONGEST_REST_MS = 3_600_000;

/** A receiver says that it has had enough for now, and mostly for how long. */
export class Throttled extends Away {
  /** From 0 to an hour. */
  readonly forMs: number;

  constructor(message: string, forMs: number) {
    super(message);
    this.forMs = Math.min(forMs > 0 ? forMs : 0, LONGEST_REST_MS);
  }
}

/** It was handed over, and the receiver is still at work on it: this alone is asked for again by then, and nothing else waits for it. */
export class Unfinished extends Throttled {}

export interface Claiming {
  readonly now: Date;
  /** Nobody else takes them before then; whoever died with them in hand is overtaken. */
  readonly until: Date;
  readonly limit: number;
}

/** In hand: nobody else has it. */
export interface Claimed {
  /** How often it was taken, this time included: beyond the first, what became of it is unknown. */
  readonly attempts: number;
  /** W3C trace context of what it follows from; none where that was not traced, or where many facts are told as one value. */
  readonly traceparent?: string | null;
}

/** It will not be taken as it is: a person's from here on. */
export interface FinalRefusal {
  readonly status: 'refused';
  readonly detail: string;
  readonly code: string;
  readonly faults: readonly FieldError[];
}

/** One kind of thing that a receiver is told, kept in rows that any number of processes take from. */
export interface Lane<Item extends Claimed> {
  readonly atOnce: number;
  /** What is claimed is told in one call; else each by itself, side by side. */
  readonly together?: boolean;
  claim(claiming: Claiming): Promise<readonly Item[]>;
  /** When the next one can be claimed. */
  nextAt(): Promise<Date | undefined>;
  /** By which its receiver and our lists know it; shown in its trace. */
  idOf?(item: Item): string;
  /** Tells it, and keeps what came of it. */
  tell(items: readonly Item[]): Promise<void>;
  postpone(items: readonly Item[], until: Date): Promise<void>;
  /** Absent: tried again for ever. */
  refuse?(items: readonly Item[], refusal: FinalRefusal): Promise<void>;
}

export interface RelayNeeds {
  /** Who is told. */
  readonly receiver: string;
  readonly lanes: readonly Lane<Claimed>[];
  readonly clock: Clock;
  /** Rings when something was planned in this process. */
  readonly news: Bell;
  readonly onTrouble: (error: unknown, receiver: string) => void;
  /** Absent: nobody wants traces. */
  readonly tracing?: Tracing | undefined;
}

/** What cannot be had of a receiver, since when. */
export interface RelayTrouble {
  readonly receiver: string;
  readonly since: string;
  readonly message: string;
}

/** Looks at least so often, for what other processes planned. */
const POLL_MS = 2_000;
/** Longer than any call may take, with all those before it in the same batch. */
const IN_HAND_MS = 180_000;
const PAUSES = { firstMs: 1_000, longestMs: 300_000 };
/** What is away is waited for, for ever; a fault of our own is a person's after so many tries. */
const MOST_ATTEMPTS = 20;

const pauseMs = (attempts: number, error: unknown): number =>
  error instanceof Throttled ? Math.max(error.forMs, PAUSES.firstMs) : pauseAfter(attempts, PAUSES);

/** Nothing where it is to be tried again. */
const refusalOf = (attempts: number, error: unknown): FinalRefusal | undefined => {
  if (error instanceof Refused) return { status: 'refused', detail: error.message, code: error.code, faults: error.errors.slice(0, 100) };
  if (isAway(error) || attempts < MOST_ATTEMPTS) return undefined;
  return { status: 'refused', detail: `It could not be told: ${messageOf(error)}`, code: 'UPDATE_FAULTY', faults: [] };
};

const aboutTelling = (receiver: string, { attempts, traceparent: parent }: Claimed, id = ''): SpanAbout | undefined =>
  typeof parent === 'string'
    ? {
        ...{ name: 'tell receiver', kind: 'producer', parent },
        attributes: { 'messaging.destination.name': receiver, 'cartage.attempt': attempts, ...ownId('messaging.message.id', id) },
      }
    : undefined;

/**
 * Tells one receiver outside what is planned for it, each lane without waiting for the others. What it does not answer, or has had enough of, is told again after pauses
 * that grow; what it refuses stands with a person and keeps nothing else back. Any number of processes may run one.
 */
export class Relay {
  private away: RelayTrouble | undefined;
  /** Nothing is claimed before then: the receiver said so. */
  private restUntil = 0;

  constructor(private readonly needs: RelayNeeds) {}

  get receiver(): string {
    return this.needs.receiver;
  }

  get trouble(): RelayTrouble | undefined {
    return this.away;
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(this.needs.lanes.map((lane) => this.repeat(lane, signal)));
  }

  private async repeat(lane: Lane<Claimed>, signal: AbortSignal): Promise<void> {
    const { clock, news, receiver, onTrouble } = this.needs;
    while (!signal.aborted) {
      const heard = news.rings();
      const resting = this.restUntil - clock.now().getTime();
      // It is never longer, unless the clock was put back.
      if (resting > 0 && resting <= LONGEST_REST_MS) {
        await clock.pause(resting, signal);
        continue;
      }
      const ms = await this.round(lane).catch((error: unknown) => {
        onTrouble(error, receiver);
        return PAUSES.firstMs;
      });
      if (ms > 0) await this.rest({ ms, heard }, signal);
    }
  }

  private async rest({ ms, heard }: { readonly ms: number; readonly heard: number }, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const either = AbortSignal.any([signal, woken.signal]);
    await Promise.race([this.needs.clock.pause(ms, either), this.needs.news.next(heard, either)]);
    woken.abort(NO_MORE);
  }

  /** Answers with how long there is nothing to do. */
  private async round(lane: Lane<Claimed>): Promise<number> {
    const now = this.needs.clock.now();
    const claimed = await lane.claim({ now, until: new Date(now.getTime() + IN_HAND_MS), limit: lane.atOnce });
    if (claimed.length === 0) return this.until(await lane.nextAt());
    const calls = lane.together ? [claimed] : claimed.map((item) => [item]);
    await Promise.all(calls.map((items) => this.tell(lane, items)));
    return 0;
  }

  private async tell(lane: Lane<Claimed>, items: readonly Claimed[]): Promise<void> {
    try {
      await this.tellTraced(lane, items);
      this.away = undefined;
    } catch (error) {
      const attempts = Math.max(...items.map((item) => item.attempts));
      const refusal = lane.refuse && refusalOf(attempts, error);
      if (refusal) await lane.refuse?.(items, refusal);
      else await lane.postpone(items, this.after(pauseMs(attempts, error)));
      this.note(error);
    }
  }

  /** In the trace of what it follows from, however long it waited; of what no trace is known it is in none. */
  private tellTraced(lane: Lane<Claimed>, items: readonly Claimed[]): Promise<void> {
    const [first, ...more] = items;
    const about = first && more.length === 0 ? aboutTelling(this.receiver, first, lane.idOf?.(first)) : undefined;
    const { tracing } = this.needs;
    return tracing && about ? inSpan(tracing, about, () => lane.tell(items)) : lane.tell(items);
  }

  private note(error: unknown): void {
    if (error instanceof Refused || error instanceof Unfinished) {
      this.away = undefined;
      return;
    }
    const { receiver, clock, onTrouble } = this.needs;
    if (error instanceof Throttled) this.restUntil = clock.now().getTime() + error.forMs;
    else onTrouble(error, receiver);
    if (isAway(error) && !(error instanceof Throttled))
      this.away = { receiver, since: this.away?.since ?? clock.now().toISOString(), message: messageOf(error) };
  }

  private after(ms: number): Date {
    return new Date(this.needs.clock.now().getTime() + ms);
  }

  private until(next: Date | undefined): number {
    return next ? Math.max(1, Math.min(POLL_MS, next.getTime() - this.needs.clock.now().getTime())) : POLL_MS;
  }
}
