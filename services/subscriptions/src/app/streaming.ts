import { Overloaded, Refused } from '@cartage/eventsourcing';
import { sseBeginning, sseEnd, sseHeartbeat, sseOf, type StreamEnd } from '../domain/sse';
import type { FactFilter, FactLog } from './fact-log';

/** Whoever follows. */
export interface Receiver {
  /** Done when there is room for more: at once, or when what was said was taken. False when it is not taken in time. */
  say(text: string): Promise<boolean>;
  /** Says the last thing, and closes. */
  end(text: string): void;
  /** Aborts when it is gone. */
  readonly gone: AbortSignal;
}

export interface Following {
  readonly filter: FactFilter;
  /** Goes on behind this position; from now on where there is none. */
  readonly after?: number | undefined;
  /** Whether it waits for what is to come. */
  readonly follow: boolean;
}

export interface StreamingNeeds {
  readonly facts: Pick<FactLog, 'read' | 'head'>;
  /** Until there is more than this position, or the time is over. */
  readonly wait: (position: number, ms: number, signal: AbortSignal) => Promise<void>;
  readonly most: number;
  readonly heartbeatMs: number;
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

  /** Where it begins. Refuses what is not there, and who is too many, before anything is said. */
  async begin({ after }: Following): Promise<number> {
    const head = await this.needs.facts.head();
    if (after !== undefined && after > head) throw tooFar(after);
    if (this.clients >= this.needs.most || this.stopping.signal.aborted)
      throw new Overloaded(`${this.needs.most} clients are followed to already.`);
    return after ?? head;
  }

  /** Done when the client is gone, or was let go. */
  async serve(following: Following, from: number, to: Receiver): Promise<void> {
    this.clients += 1;
    try {
      const progress = new Progress(from);
      const reason = await this.tell(following, progress, to);
      if (!to.gone.aborted) to.end(sseEnd(reason, progress.position));
    } finally {
      this.clients -= 1;
    }
  }

  /** Lets all go. */
  stop(): void {
    this.stopping.abort();
  }

  private async tell({ filter, follow }: Following, progress: Progress, to: Receiver): Promise<StreamEnd> {
    const over = AbortSignal.any([to.gone, this.stopping.signal]);
    if (!(await to.say(sseBeginning))) return 'slow';
    while (!over.aborted) {
      const head = await this.needs.facts.head();
      if (progress.position >= head) {
        if (!follow) return 'complete';
        const isTaken = await this.rest(progress, to, over);
        if (!isTaken) return 'slow';
      } else if (!(await this.pass(filter, progress, { to, upTo: Math.min(head, progress.position + LOOKED_THROUGH) }))) return 'slow';
    }
    return 'stopping';
  }

  /** Whether what there is up to then was taken. */
  private async pass(
    filter: FactFilter,
    progress: Progress,
    { to, upTo }: { readonly to: Receiver; readonly upTo: number },
  ): Promise<boolean> {
    const entries = await this.needs.facts.read({ ...filter, after: progress.position, upTo, limit: AT_ONCE });
    for (const entry of entries) {
      if (to.gone.aborted) return true;
      progress.position = entry.position;
      if (!(await to.say(sseOf(entry)))) return false;
    }
    if (entries.length < AT_ONCE) progress.position = upTo;
    return true;
  }

  private async rest(progress: Progress, to: Receiver, over: AbortSignal): Promise<boolean> {
    const { wait, facts, heartbeatMs } = this.needs;
    await wait(progress.position, heartbeatMs, over);
    if (over.aborted || (await facts.head()) > progress.position) return true;
    return to.say(sseHeartbeat(progress.position));
  }
}

/** How far a client is. */
class Progress {
  constructor(public position: number) {}
}
