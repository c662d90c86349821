import { NO_MORE, Overloaded, Refused, type Clock } from '@cartage/eventsourcing';
import { sseBeginning, sseEnd, sseHeartbeat, sseOf, type StreamEnd } from '../domain/sse';
import type { FactFilter, FactLog } from './fact-log';

/** Whoever follows. */
export interface Receiver {
  /** Done when there is room for more: at once, when what was said was taken, or when all is over. False when it is not taken in time. */
  say(text: string, over: AbortSignal): Promise<boolean>;
  /** Says the last thing, and closes. */
  end(text: string): void;
  /** Closes without a word. */
  cut(): void;
  /** Aborts when it is gone. */
  readonly gone: AbortSignal;
}

export interface Following {
  readonly filter: FactFilter;
  /** Goes on behind this position; from now on where there is none. */
  readonly after?: number | undefined;
  /** Whether it waits for what is to come. */
  readonly follow: boolean;
  /** Until when whoever follows was let in, in milliseconds of the clock; for ever where there is none. */
  readonly until?: number | undefined;
}

export interface StreamingNeeds {
  readonly facts: Pick<FactLog, 'read' | 'head'>;
  /** Until there is more than this position, or the time is over. */
  readonly wait: (position: number, ms: number, signal: AbortSignal) => Promise<void>;
  readonly most: number;
  readonly heartbeatMs: number;
  readonly clock: Clock;
}

/** So many entries are in hand for a client at once, and so many facts are looked through for them. */
const AT_ONCE = 50;
const LOOKED_THROUGH = 5_000;

const tooFar = (after: number): Refused => {
  const message = `There is no event ${after} yet. Send the id of an event that came, or none.`;
  return new Refused('LAST_EVENT_ID_INVALID', `Last-Event-ID: ${message}`, 'invalid', [
    { field: 'Last-Event-ID', code: 'LAST_EVENT_ID_INVALID', message },
  ]);
};

/** Tells clients what happens, each from where it was, at its own pace and with bounds: nothing waits for a slow one. */
export class Streaming {
  private readonly stopping = new AbortController();
  private clients = 0;

  constructor(private readonly needs: StreamingNeeds) {}

  get count(): number {
    return this.clients;
  }

  /** Refuses what is not there, and who is too many, before anything is said; then connects. From the count to the connection nobody comes in between. */
  async open(following: Following, connect: () => Receiver): Promise<void> {
    const { after } = following;
    const head = await this.needs.facts.head();
    if (after !== undefined && after > head) throw tooFar(after);
    if (this.clients >= this.needs.most || this.stopping.signal.aborted)
      throw new Overloaded(`${this.needs.most} clients are followed to already.`);
    void this.serve(following, new Progress(after ?? head), connect());
  }

  /** Lets all go. */
  stop(): void {
    this.stopping.abort(NO_MORE);
  }

  /** Done when the client is gone, or was let go. What fails after the first word cannot be answered any more: the client comes again. */
  private async serve(following: Following, progress: Progress, to: Receiver): Promise<void> {
    const mine = new AbortController();
    const over = AbortSignal.any([to.gone, this.stopping.signal, mine.signal]);
    this.clients += 1;
    void this.lapse(following, mine, over);
    try {
      const reason = await this.tell(following, progress, { to, over });
      if (!to.gone.aborted) to.end(sseEnd(reason, progress.position));
    } catch {
      to.cut();
    } finally {
      this.clients -= 1;
      mine.abort(NO_MORE);
    }
  }

  /** Nobody is told more than they were let in for. A clock's pause may end early. */
  private async lapse({ until }: Following, mine: AbortController, over: AbortSignal): Promise<void> {
    if (until === undefined) return;
    while (!over.aborted && !this.isPast(until)) await this.needs.clock.pause(until - this.needs.clock.now().getTime(), over);
    mine.abort(NO_MORE);
  }

  private isPast(until: number | undefined): boolean {
    return until !== undefined && this.needs.clock.now().getTime() >= until;
  }

  private async tell({ filter, follow, until }: Following, progress: Progress, client: Client): Promise<StreamEnd> {
    const { to, over } = client;
    if (!(await to.say(sseBeginning(progress.position), over))) return 'slow';
    while (!over.aborted) {
      const head = await this.needs.facts.head();
      if (progress.position >= head) {
        if (!follow) return 'complete';
        const isTaken = await this.rest(progress, client);
        if (!isTaken) return 'slow';
      } else if (!(await this.pass(filter, progress, { ...client, upTo: Math.min(head, progress.position + LOOKED_THROUGH) })))
        return 'slow';
    }
    return this.isPast(until) ? 'expired' : 'stopping';
  }

  /** Whether what there is up to then was taken. */
  private async pass(filter: FactFilter, progress: Progress, { to, over, upTo }: Client & { readonly upTo: number }): Promise<boolean> {
    const { entries, more } = await this.needs.facts.read({ ...filter, after: progress.position, upTo, limit: AT_ONCE });
    for (const entry of entries) {
      if (over.aborted) return true;
      progress.position = entry.position;
      if (!(await to.say(sseOf(entry), over))) return false;
    }
    if (!more) progress.position = upTo;
    return true;
  }

  private async rest(progress: Progress, { to, over }: Client): Promise<boolean> {
    const { wait, facts, heartbeatMs } = this.needs;
    await wait(progress.position, heartbeatMs, over);
    if (over.aborted || (await facts.head()) > progress.position) return true;
    return to.say(sseHeartbeat(progress.position), over);
  }
}

interface Client {
  readonly to: Receiver;
  /** Aborts when nothing more is told. */
  readonly over: AbortSignal;
}

/** How far a client is. */
class Progress {
  constructor(public position: number) {}
}
