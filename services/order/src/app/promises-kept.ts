import type { Position } from '@cartage/eventsourcing';
import { tableOf, type AnyView, type Sql } from '@cartage/views';
import { given, filtered, valueOf, whereOf, type Condition, type PromiseFilter, type PromiseReportQuery } from './promise-filter';
import { comparedPromises, type PromisesCompared } from './promises-compared';
import { dueOf, promiseKept } from './views/promise-kept';

/** How many ship groups came on the day that the customer was told last, and by how much they did not. */
export interface PromisesKept {
  /** A channel, a location, a method or a month; null where no location ships it yet. */
  readonly value: string | null;
  readonly promised: number;
  readonly kept: number;
  readonly missed: number;
  /** Not there, and not due yet. */
  readonly open: number;
  /** Promised anew at least once. */
  readonly moved: number;
  /** Minutes between arrival and promise, on average: of those that came in time, and of those that came too late. */
  readonly minutesEarly: number | null;
  readonly minutesLate: number | null;
  /** Of the latest that came. */
  readonly mostMinutesLate: number | null;
}

export interface LatePromise {
  readonly orderId: string;
  readonly shipGroupId: string;
  readonly channel: string;
  readonly method: string;
  readonly service: string | null;
  readonly locations: readonly string[];
  readonly alarm: 'at-risk' | 'missed';
  readonly deadline: 'ship-by' | 'deliver-by';
  readonly dueAt: string;
  readonly units: number;
}

export interface LatePromisesQuery extends Omit<PromiseFilter, 'month'> {
  readonly alarm?: LatePromise['alarm'] | undefined;
  readonly after?: { readonly dueAt: string; readonly orderId: string; readonly shipGroupId: string } | undefined;
  readonly limit: number;
}

/** The day that the customer was told last; of a promise that was taken back, the one before: it was not kept by taking it back. */
const judged = (): string => `
  select *, case when coalesce(deliver_by, sold_deliver_by) is null then handed_over_at else delivered_at end as came, ${dueOf} as due
  from ${tableOf(promiseKept)} where not cancelled`;

const statementOf = ({ by, now, after, limit, ...filter }: PromiseReportQuery) => {
  const values: unknown[] = [now];
  const value = `coalesce(${valueOf[by]}, '')`;
  const conditions = whereOf([['due is not null'], ...filtered(filter), ...given(`${value} > ?`, after)], values);
  const late = 'extract(epoch from came - due) / 60';
  const text = `with judged as (${judged()})
    select ${value} as value, count(*) as promised,
      count(*) filter (where came <= due) as kept,
      count(*) filter (where came > due or (came is null and due < $1)) as missed,
      count(*) filter (where came is null and due >= $1) as open,
      count(*) filter (where moves > 0) as moved,
      round(-avg(${late}) filter (where came <= due)) as early,
      round(avg(${late}) filter (where came > due)) as late,
      round(max(${late}) filter (where came > due)) as latest
    from judged left join lateral jsonb_array_elements_text(${by === 'location' ? 'locations' : `'[""]'::jsonb`}) as place (location) on true
    where ${conditions} group by 1 order by 1 limit $${values.push(limit)}`;
  return { text, values };
};

interface ReportRow extends Record<'promised' | 'kept' | 'missed' | 'open' | 'moved', string> {
  readonly value: string;
  readonly early: string | null;
  readonly late: string | null;
  readonly latest: string | null;
}

const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text));

const reported = ({ value, early, late, latest, ...counts }: ReportRow): PromisesKept => ({
  value: value === '' ? null : value,
  ...{ promised: Number(counts.promised), kept: Number(counts.kept), missed: Number(counts.missed), open: Number(counts.open) },
  moved: Number(counts.moved),
  ...{ minutesEarly: numberOrNull(early), minutesLate: numberOrNull(late), mostMinutesLate: numberOrNull(latest) },
});

interface LateRow {
  readonly order_id: string;
  readonly ship_group_id: string;
  readonly channel: string;
  readonly method: string;
  readonly service: string | null;
  readonly locations: readonly string[];
  readonly alarm: LatePromise['alarm'];
  readonly alarm_deadline: LatePromise['deadline'];
  readonly alarm_due_at: Date;
  readonly alarm_units: string;
}

const lateStatement = ({ alarm, after, limit, ...filter }: LatePromisesQuery) => {
  const values: unknown[] = [];
  const from: readonly Condition[] = after
    ? [['(alarm_due_at, order_id, ship_group_id) > (?, ?, ?)', after.dueAt, after.orderId, after.shipGroupId]]
    : [];
  const where = whereOf([['alarm is not null'], ...given('alarm = ?', alarm), ...filtered(filter), ...from], values);
  const text = `select order_id, ship_group_id, channel, method, service, locations, alarm, alarm_deadline, alarm_due_at, alarm_units
    from ${tableOf(promiseKept)} where ${where} order by alarm_due_at, order_id, ship_group_id limit $${values.push(limit)}`;
  return { text, values };
};

const lateOf = (row: LateRow): LatePromise => ({
  ...{ orderId: row.order_id, shipGroupId: row.ship_group_id, channel: row.channel, method: row.method, service: row.service },
  ...{ locations: row.locations, alarm: row.alarm, deadline: row.alarm_deadline },
  dueAt: row.alarm_due_at.toISOString(),
  units: Number(row.alarm_units),
});

export interface PromisesKeptNeeds {
  readonly sql: Sql;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
  readonly now: () => Date;
}

/** What became of what customers were promised. `minPosition`: waits, bounded, until the answer shows what was written there. */
export interface PromiseReports {
  readonly kept: (query: Omit<PromiseReportQuery, 'now'>, minPosition?: Position) => Promise<readonly PromisesKept[]>;
  readonly compared: (query: Omit<PromiseReportQuery, 'now'>, minPosition?: Position) => Promise<readonly PromisesCompared[]>;
  /** The most urgent first. */
  readonly late: (query: LatePromisesQuery, minPosition?: Position) => Promise<readonly LatePromise[]>;
}

export const promiseReports = ({ sql, viewReached, now }: PromisesKeptNeeds): PromiseReports => {
  const reached = async (minPosition: Position | undefined): Promise<void> => {
    if (minPosition !== undefined) await viewReached(promiseKept, minPosition);
  };
  return {
    kept: async (query, minPosition) => {
      await reached(minPosition);
      const { text, values } = statementOf({ ...query, now: now().toISOString() });
      return (await sql.query<ReportRow>(text, values)).rows.map(reported);
    },
    compared: async (query, minPosition) => {
      await reached(minPosition);
      return comparedPromises(sql, { ...query, now: now().toISOString() });
    },
    late: async (query, minPosition) => {
      await reached(minPosition);
      const { text, values } = lateStatement(query);
      return (await sql.query<LateRow>(text, values)).rows.map(lateOf);
    },
  };
};
