import type { Clock, EventStore, Position } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { AnyView } from './view';

export interface ViewNeeds {
  /** The log that feeds the views. */
  readonly store: EventStore;
  /** Connections whose search path is the service's schema, with the settings that every session keeps to. One is kept by the process that runs the views. */
  readonly pool: Pool;
  readonly views: readonly AnyView[];
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly clock?: Clock;
  /** Whether this process may run the views; without it, it only waits for them. True unless told. */
  readonly follows?: boolean;
  /** Events in one transaction, at most. */
  readonly batchSize?: number;
  /** Pause before a failing view is tried again; doubles up to `longestPauseMs`. */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
  /** How often the process that runs the views looks after its tables: what others left, rebuilds that were asked for, names, what nobody uses. */
  readonly tendEveryMs?: number;
  /** A process that is not heard of for so long has left its views to the others. A multiple of `tendEveryMs`. */
  readonly sessionMs?: number;
}

/** How a view stands, for health checks and metrics. */
export interface ViewHealth {
  readonly view: string;
  /** The table of this version of the program. */
  readonly table: string;
  /** Everything in the log up to here is in the table. */
  readonly position: Position;
  /** When the newest event that it shows was recorded (ISO 8601); absent before the first. */
  readonly shownUntil?: string;
  /** Whether the log has events that the view does not show yet. */
  readonly behind: boolean;
  /** Whether the table has not yet shown what was in the log when this process started. */
  readonly filling: boolean;
  readonly rebuilding: boolean;
  /** When it was last made anew because somebody wanted that (ISO 8601). */
  readonly rebuiltAt?: string;
  /** Whether it then was, row for row, what it had been; absent where they were not compared. */
  readonly rebuiltAlike?: boolean;
  /** Why it stands still, if it does; told by the process that runs the views. */
  readonly error?: string;
}

export interface ReachedOptions {
  /** Give up after this long; 5 seconds unless told. */
  readonly timeoutMs?: number;
}

export interface RebuildOptions {
  /** Whether the two tables are compared before the new one takes its place, at one position: what serves should be what the log says. It costs a look at every row. */
  readonly compares?: boolean;
}

/** The views of a service at work. */
export interface ViewRunner {
  /** Waits until this view shows everything up to `position`; throws `Refused('VIEW_BEHIND')` of kind stale when it takes too long. */
  reached(view: string, position: Position, options?: ReachedOptions): Promise<void>;
  /**
   * Waits until all views show what was in the log at the start, however long that takes: before that, this process should not be asked
   * (a changed view is a new table). Throws when it is stopped first.
   */
  filled(): Promise<void>;
  /** Has the table of a view made anew in the background while the old one serves and stays current; answers once it has begun. */
  beginRebuild(view: string, options?: RebuildOptions): Promise<void>;
  /** The same, and answers once they were swapped. */
  rebuild(view: string, options?: RebuildOptions): Promise<void>;
  health(): Promise<readonly ViewHealth[]>;
  /** Finishes the batch in hand. */
  stop(): Promise<void>;
}
