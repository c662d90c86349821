import { bell, numberOf, positionOf, START, type EventStore, type FollowOptions, type StoredEvent } from '@cartage/eventsourcing';
import type { SimulatedDatabase } from './database';
import { rowsOf } from './rows';

/** A log as whoever follows it sees it. */
export type FollowedLog = Pick<EventStore, 'follow' | 'head'>;

const READ = (schema: string): string =>
  `prepare followed_${schema} (bigint) as select position, stream, version, id, type, data, meta, to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
   from ${schema}.events where position > $1 order by position`;

const eventOf = ([position, stream, version, id, type, data, meta, recordedAt]: readonly (string | null)[]): StoredEvent =>
  ({
    ...{ stream, id, type, recordedAt, version: Number(version), position: positionOf(Number(position)) },
    ...{ data: JSON.parse(data ?? 'null') as unknown, meta: JSON.parse(meta ?? '{}') as unknown },
  }) as StoredEvent;

/** The log of a service whose events are in the database, read once for all who follow it: when something was committed. */
export class CommittedLog {
  private readonly events: StoredEvent[] = [];
  private readonly news = bell();

  constructor(
    private readonly database: SimulatedDatabase,
    private readonly schema: string,
  ) {
    rowsOf(database.run(READ(schema)));
  }

  /** To be called while nobody is within a transaction. */
  refresh(): void {
    const rows = rowsOf(this.database.run(`execute followed_${this.schema} (${this.events.length})`));
    this.events.push(...rows.map(eventOf));
    if (rows.length > 0) this.news.ring();
  }

  async head(): Promise<string> {
    return this.events.at(-1)?.position ?? START;
  }

  async *follow({ from, signal, batchSize = 500 }: FollowOptions): AsyncGenerator<readonly StoredEvent[]> {
    let next = numberOf(from);
    while (!signal.aborted) {
      const heard = this.news.rings();
      const batch = this.events.slice(next, next + batchSize);
      next += batch.length;
      if (batch.length > 0) yield batch;
      else await this.news.next(heard, signal);
    }
  }
}
