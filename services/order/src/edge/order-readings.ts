import { holdTypes } from '@cartage/contracts';
import type { Reading, Readings } from '@cartage/service-kit';
import { tableOf, type Sql } from '@cartage/views';
import { orderSummary } from '../app/views/order-summary';
import { promiseKept } from '../app/views/promise-kept';
import { orderStatuses } from '../domain/state';

const openStates = orderStatuses.filter((status) => status !== 'completed' && status !== 'cancelled');

/** A hold may have any type that a rule or a channel names; those that are no type of ours are counted together, so that nobody can add series. */
const OTHER = 'other';

const age = 'coalesce(extract(epoch from $1::timestamptz - min(placed_at)), 0)::float8 as seconds';

const BY_STATE = `
  select status as name, count(*)::int as count, ${age} from ${tableOf(orderSummary)} where status = any($2) group by status`;

const BY_HOLD = `
  select case when hold = any($2) then hold else '${OTHER}' end as name, count(distinct order_id)::int as count, ${age}
  from ${tableOf(orderSummary)}, jsonb_array_elements_text(holds) as hold where status = 'on-hold' group by 1`;

const IN_ALARM = `
  select alarm, alarm_deadline as deadline, count(*)::int as count
  from ${tableOf(promiseKept)} where alarm is not null group by alarm, alarm_deadline`;

interface Counted {
  readonly name: string;
  readonly count: number;
  readonly seconds: number;
}

interface Alarms {
  readonly alarm: string;
  readonly deadline: string;
  readonly count: number;
}

const alarms = ['at-risk', 'missed'].flatMap((alarm) => ['ship-by', 'deliver-by'].map((deadline) => ({ alarm, deadline })));

/** Each name has its gauges, so that they go back to nothing. */
const gaugesOf = (label: string, names: readonly string[], rows: readonly Counted[]) => {
  const each = (value: (row: Counted) => number): readonly Reading[] =>
    names.map((name) => ({
      labels: { [label]: name },
      value: value(rows.find((row) => row.name === name) ?? { name, count: 0, seconds: 0 }),
    }));
  return { counts: each(({ count }) => count), oldest: each(({ seconds }) => Math.max(0, seconds)) };
};

/** For the metrics: orders that have not ended, what holds them, and the dates that are not kept. */
export const orderReadings = (sql: Sql, now: () => Date) => async (): Promise<Readings> => {
  const at = now().toISOString();
  const [states, holds, inAlarm] = await Promise.all([
    sql.query<Counted>(BY_STATE, [at, openStates]),
    sql.query<Counted>(BY_HOLD, [at, holdTypes]),
    sql.query<Alarms>(IN_ALARM, []),
  ]);
  const byState = gaugesOf('state', openStates, states.rows);
  const byHold = gaugesOf('hold', [...holdTypes, OTHER], holds.rows);
  const countOf = ({ alarm, deadline }: (typeof alarms)[number]): number =>
    inAlarm.rows.find((row) => row.alarm === alarm && row.deadline === deadline)?.count ?? 0;
  return {
    ...{ orders: byState.counts, ordersOldest: byState.oldest, orderHolds: byHold.counts, orderHoldsOldest: byHold.oldest },
    promisesInAlarm: alarms.map((labels) => ({ labels, value: countOf(labels) })),
  };
};
