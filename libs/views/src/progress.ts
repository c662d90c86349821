import { messageOf, NO_MORE, Refused, START, type Clock, type Position } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import { readCheckpoints } from './checkpoints';

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly reach: () => void;
}

/** What this process knows of how far its views are, who waits for them, and what is wrong with them. */
export class Progress {
  private readonly positions = new Map<string, Position>();
  private readonly errors = new Map<string, string>();
  private readonly waiters = new Set<Waiter>();

  constructor(private readonly clock: Clock) {}

  get awaited(): ReadonlySet<string> {
    return new Set([...this.waiters].map(({ view }) => view));
  }

  has(view: string, position: Position): boolean {
    return (this.positions.get(view) ?? START) >= position;
  }

  saw(view: string, position: Position): void {
    if (!this.has(view, position)) this.positions.set(view, position);
    for (const waiter of this.waiters) if (waiter.view === view && this.has(view, waiter.position)) waiter.reach();
  }

  failed(view: string, error: unknown): void {
    this.errors.set(view, messageOf(error));
  }

  recovered(view: string): void {
    this.errors.delete(view);
  }

  forgetErrors(): void {
    this.errors.clear();
  }

  errorOf(view: string): string | undefined {
    return this.errors.get(view);
  }

  /** Whether the position was seen before time was up, or the signal said to wait no longer. */
  async seenWithin(
    view: string,
    position: Position,
    { ms, signal }: { readonly ms: number; readonly signal: AbortSignal },
  ): Promise<boolean> {
    const reached = new AbortController();
    const waiter: Waiter = { view, position, reach: () => reached.abort(NO_MORE) };
    this.waiters.add(waiter);
    await this.clock.pause(ms, AbortSignal.any([reached.signal, signal]));
    this.waiters.delete(waiter);
    return reached.signal.aborted;
  }
}

export interface WaitingNeeds {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly progress: Progress;
  /** The table of each view. */
  readonly tables: ReadonlyMap<string, string>;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** Waits until a view shows everything up to a position; `ms` left out: as long as it takes. */
export type Wait = (view: string, position: Position, ms?: number) => Promise<void>;

const firstPauseMs = 10;
const longestPauseMs = 100;

/**
 * Waits for views. Those that this process runs tell by themselves; for those that another process runs one query looks for everybody who
 * waits, and only while somebody does.
 */
export const waitingFor = (needs: WaitingNeeds): Wait => {
  const { clock, progress, signal } = needs;
  let looking = false;
  const look = async (): Promise<void> => {
    looking = true;
    for (let ms = firstPauseMs; progress.awaited.size > 0 && !signal.aborted; ms = Math.min(ms * 2, longestPauseMs)) {
      await clock.pause(ms, signal);
      await lookOnce(needs);
    }
    looking = false;
  };
  return async (view, position, ms = Number.POSITIVE_INFINITY) => {
    if (progress.has(view, position)) return;
    const seen = progress.seenWithin(view, position, { ms, signal });
    if (!looking) void look();
    if (await seen) return;
    throw signal.aborted ? stopped(view) : behind(view, ms);
  };
};

const lookOnce = async ({ pool, progress, tables }: WaitingNeeds): Promise<void> => {
  const { awaited } = progress;
  if (awaited.size === 0) return;
  const asked = [...tables].flatMap(([view, table]) => (awaited.has(view) ? [table] : []));
  // A database that cannot be asked now is asked again; who waits too long is told so.
  const checkpoints = await readCheckpoints(pool, asked).catch(() => new Map());
  for (const { view, position } of checkpoints.values()) progress.saw(view, position);
};

const behind = (view: string, ms: number): Refused =>
  new Refused('VIEW_BEHIND', `${view} did not show that position within ${ms} ms. Ask again, or ask without it.`, 'stale');

const stopped = (view: string): Error => new Error(`Stopped before ${view} showed that position.`);
