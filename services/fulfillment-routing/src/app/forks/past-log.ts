import { numberOf, positionOf, START, type EventStore, type Position, type StoredEvent } from '@cartage/eventsourcing';
import type { Kit } from '@cartage/service-kit';
import { tableOf } from '@cartage/views';
import type { BrokeringEvent } from '../../domain/events';
import { streamOf } from '../../domain/order-brokering';
import { routingDecision } from '../views/routing-decision';

/** What an order's events say of it before one of them. */
type Before = (event: StoredEvent<BrokeringEvent>) => Promise<readonly StoredEvent<BrokeringEvent>[]>;

export interface PastLog {
  /** How many decisions there were in this time; at most `most` are counted. */
  decisionsIn(span: Span, most: number): Promise<number>;
  /** What was recorded in this time, in the order of the log, some at a time. */
  eventsIn(span: Span, signal: AbortSignal): AsyncIterable<readonly StoredEvent<BrokeringEvent>[]>;
  before: Before;
}

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** A decision is made before it is recorded, and many at the same time. */
const MARGIN_MS = 60_000;
const FIRST = 50;
/** Decisions hold all that was known: few at a time. */
const BATCH = 15;
const STREAM = streamOf('');

const isBrokering = (event: StoredEvent): event is StoredEvent<BrokeringEvent> => event.stream.startsWith(STREAM);

export const orderIdOf = ({ stream }: Pick<StoredEvent, 'stream'>): string => stream.slice(STREAM.length);

/** The service's own log: all that it knew and decided, and what others told of orders that it had brokered. */
export const pastLog = ({ pool, store, viewReached }: Pick<Kit, 'pool' | 'store' | 'viewReached'>): PastLog => ({
  decisionsIn: async ({ from, to }, most) => {
    const { rows } = await pool.query<{ decisions: number }>(
      `select count(*)::integer as decisions from (select 1 from ${tableOf(routingDecision)} where decided_at >= $1 and decided_at < $2 limit $3) d`,
      [from, to, most],
    );
    return rows[0]?.decisions ?? 0;
  },
  eventsIn: async function* ({ from, to }, signal) {
    const head = await store.head();
    await viewReached(routingDecision, head);
    const start = await beginOf({ pool, store }, from);
    if (start === undefined || start >= head) return;
    for await (const batch of store.follow({ from: start, signal, batchSize: BATCH })) {
      yield batch.filter(isBrokering).filter(({ recordedAt }) => recordedAt >= from && recordedAt < to);
      const last = batch.at(-1);
      if (!last || last.position >= head || Date.parse(last.recordedAt) >= Date.parse(to) + MARGIN_MS) return;
    }
  },
  before: async ({ stream, version }) => {
    if (version === 1) return [];
    const [read] = await store.readMany([stream]);
    return (read?.events ?? []).filter(isBrokering).filter((one) => one.version < version);
  },
});

/** A place in the log before everything that was recorded at this instant or later. */
const beginOf = async (
  { pool, store }: { readonly pool: Kit['pool']; readonly store: EventStore },
  from: string,
): Promise<Position | undefined> => {
  const since = new Date(Date.parse(from) - MARGIN_MS).toISOString();
  const { rows } = await pool.query<{ orderId: string }>(
    `select distinct order_id as "orderId" from
      (select order_id from ${tableOf(routingDecision)} where decided_at >= $1 order by decided_at, decision_id limit $2) d`,
    [since, FIRST],
  );
  const streams = await store.readMany(rows.map(({ orderId }) => streamOf(orderId)));
  const places = streams.flatMap(({ events }) => events.filter(({ recordedAt }) => recordedAt >= since).map(({ position }) => position));
  const [first] = places.sort();
  return first === undefined ? undefined : before(first);
};

const before = (position: Position): Position => {
  const number = numberOf(position) - 1;
  return number <= 0 ? START : positionOf(number);
};
