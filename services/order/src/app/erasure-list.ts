import type { Position } from '@cartage/eventsourcing';
import type { Reading } from '@cartage/service-kit';
import { isoTime, tableOf, type AnyView, type Sql } from '@cartage/views';
import type { Erasure } from '../domain/erasure';
import type { FoundPerson } from './person-search';
import { personErasure } from './views/person-erasure';

/** An erasure in the list: its certificate says more. */
export interface ListedErasure {
  readonly erasureId: string;
  readonly status: Erasure['status'];
  readonly requestedBy: string;
  readonly askedAt: string;
  readonly answerBy: string | null;
  readonly completedAt: string | null;
  readonly missing: readonly string[];
  readonly orderCount: number;
}

export const erasureStates = ['waiting', 'asked', 'overdue', 'erased'] as const satisfies readonly Erasure['status'][];

export interface ErasureFilter {
  readonly status?: Erasure['status'] | undefined;
  readonly after?: readonly [askedAt: string, erasureId: string] | undefined;
  readonly limit: number;
}

export interface ErasureList {
  list(filter: ErasureFilter): Promise<readonly ListedErasure[]>;
  /** The newest erasure of one of these orders, or of the customer. */
  earlier(person: Pick<FoundPerson, 'orders' | 'customers'>): Promise<string | undefined>;
  /** How many are not over. */
  open(): Promise<readonly Reading[]>;
}

const shown = `json_build_object('erasureId', erasure_id, 'status', status, 'requestedBy', requested_by, 'askedAt', ${isoTime('asked_at', 'US')},
  'answerBy', ${isoTime('answer_by')}, 'completedAt', ${isoTime('completed_at')}, 'missing', missing, 'orderCount', jsonb_array_length(orders)) as row`;

const LIST = `select ${shown} from ${tableOf(personErasure)}
  where ($1::text is null or status = $1) and ($2::timestamptz is null or (asked_at, erasure_id) < ($2, $3::uuid))
  order by asked_at desc, erasure_id desc limit $4`;

const EARLIER = `select erasure_id from ${tableOf(personErasure)} where orders ?| $1::text[] or customers ?| $2::text[]
  order by asked_at desc, erasure_id desc limit 1`;

const OPEN = `select status, count(*)::int as count from ${tableOf(personErasure)} where status <> 'erased' group by status`;

export interface ErasureListNeeds {
  readonly sql: Sql;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
  readonly head: () => Promise<Position>;
}

export const erasureList = ({ sql, viewReached, head }: ErasureListNeeds): ErasureList => ({
  list: async ({ status, after, limit }) => {
    await viewReached(personErasure, await head());
    const values = [status ?? null, ...(after ?? [null, null]), limit];
    return (await sql.query<{ readonly row: ListedErasure }>(LIST, values)).rows.map(({ row }) => row);
  },
  earlier: async ({ orders, customers }) => {
    await viewReached(personErasure, await head());
    return (await sql.query<{ readonly erasure_id: string }>(EARLIER, [orders, customers])).rows[0]?.erasure_id;
  },
  open: async () => {
    const { rows } = await sql.query<{ readonly status: string; readonly count: number }>(OPEN);
    return erasureStates
      .filter((state) => state !== 'erased')
      .map((state) => ({ labels: { service: 'order', state }, value: rows.find(({ status }) => status === state)?.count ?? 0 }));
  },
});
