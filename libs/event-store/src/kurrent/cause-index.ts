import {
  numberOf,
  Overloaded,
  positionOf,
  START,
  type Clock,
  type EventStore,
  type EventTraces,
  type Position,
  type StoredEvent,
} from '@cartage/eventsourcing';
import { migrate } from '@cartage/postgres';
import type { Pool } from 'pg';

const TABLES = `
  create table if not exists traced_event (
    position bigint primary key,
    id uuid not null,
    correlation_id text collate "C" not null,
    stream text not null,
    version integer not null
  );
  create index if not exists traced_event_by_id on traced_event (id);
  create index if not exists traced_event_by_correlation on traced_event (correlation_id, position);
  create table if not exists traced_place (
    single boolean primary key default true check (single),
    position bigint not null
  );
  insert into traced_place (position) values (0) on conflict do nothing;
  comment on table traced_event is 'Where the events of a log in KurrentDB stand, by their ids and by the requests that they belong to. Filled when somebody asks.';
  comment on table traced_place is 'Up to where the log is in traced_event.';
`;

/** Makes the tables of the index in the schema that the pool's search path names first. */
export const migrateCauseIndex = (pool: Pool): Promise<void> => migrate(pool, 'cause-index', TABLES);

/** Whoever has the place where the index stands has written everything before it, so that two who fill at once leave no gap. */
const KEEP = `
  with kept as (
    insert into traced_event (position, id, correlation_id, stream, version)
    select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::integer[]) on conflict do nothing
  )
  update traced_place set position = $6 where position < $6`;
const PLACE = 'select position from traced_place';
const BY_ID = 'select stream, version from traced_event where id = $1 order by position limit 1';
const BY_CORRELATION = `
  select stream, version from traced_event where correlation_id = $1 and position > $2 order by position limit $3`;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Where an event stands in its stream. */
interface Place {
  readonly stream: string;
  readonly version: number;
}

export interface CauseIndexNeeds {
  /** Connections whose search path begins with the schema of the service. */
  readonly pool: Pool;
  readonly log: Pick<EventStore, 'follow' | 'head'>;
  readonly load: (place: Place) => Promise<StoredEvent | undefined>;
  readonly clock: Pick<Clock, 'pause'>;
  /** Told of what goes wrong while it is filled; perhaps nobody waits for it any more. */
  readonly onTrouble: (error: unknown) => void;
  /** So long an answer may wait for the index. */
  readonly patienceMs?: number;
}

export interface CauseIndex extends EventTraces {
  /** Fills no more. */
  stop(): void;
}

/** Brings the tables up to where the log stands. */
class Filling {
  readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly needs: CauseIndexNeeds) {}

  /** Up to where the log stands now; told to come again is who would wait for long. */
  async caughtUp(): Promise<void> {
    const { log, clock, onTrouble, patienceMs = 20_000 } = this.needs;
    const head = await log.head();
    const over = new AbortController();
    const impatience = clock.pause(patienceMs, over.signal).then(() => 'over' as const);
    try {
      while ((await this.place()) < head) {
        const work = this.fill();
        work.catch(onTrouble);
        if (this.stopping.signal.aborted || (await Promise.race([work, impatience])) === 'over')
          throw new Overloaded('The index of what caused what is being filled. Ask again in a while.');
      }
    } finally {
      over.abort('answered');
    }
  }

  private async place(): Promise<Position> {
    const { rows } = await this.needs.pool.query<{ position: string }>(PLACE);
    const at = Number(rows[0]?.position ?? 0);
    return at === 0 ? START : positionOf(at);
  }

  /** Once at a time in this process, whoever asks. */
  private fill(): Promise<void> {
    this.running ??= this.read().finally(() => (this.running = undefined));
    return this.running;
  }

  private async read(): Promise<void> {
    const { log } = this.needs;
    const [from, head] = [await this.place(), await log.head()];
    if (from >= head) return;
    for await (const events of log.follow({ from, signal: this.stopping.signal })) {
      await this.keep(events);
      if ((events.at(-1)?.position ?? START) >= head) return;
    }
  }

  private async keep(events: readonly StoredEvent[]): Promise<void> {
    const column = <Value>(of: (event: StoredEvent) => Value): readonly Value[] => events.map(of);
    const columns = [column(({ position }) => numberOf(position)), column(({ id }) => id), column(({ meta }) => meta.correlationId)];
    const places = [column(({ stream }) => stream), column(({ version }) => version)];
    await this.needs.pool.query(KEEP, [...columns, ...places, numberOf(events.at(-1)?.position ?? START)]);
  }
}

/**
 * Finds events by what caused them where the log has no index for it: in tables of the service's own Postgres. They are filled from the log when somebody asks, and no
 * answer is given before they hold what was in the log when it was asked for: nothing of it is paid for by those who write. The first who asks of a long log may be told to
 * come again; the filling goes on meanwhile, and where it broke off it goes on.
 */
export const causeIndex = (needs: CauseIndexNeeds): CauseIndex => {
  const filling = new Filling(needs);
  const loaded = async (sql: string, values: readonly unknown[]): Promise<readonly StoredEvent[]> => {
    await filling.caughtUp();
    const { rows } = await needs.pool.query<Place>(sql, [...values]);
    return (await Promise.all(rows.map(needs.load))).flatMap((event) => event ?? []);
  };
  return {
    find: async (id) => (UUID.test(id) ? (await loaded(BY_ID, [id]))[0] : undefined),
    correlated: ({ correlationId, after = START, limit }) => loaded(BY_CORRELATION, [correlationId, numberOf(after), limit]),
    stop: () => filling.stopping.abort(),
  };
};
