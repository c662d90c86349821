import { tableOf, type Sql } from '@cartage/views';
import { filtered, given, valueOf, whereOf, type PromiseReportQuery } from './promise-filter';
import { dueOf, promiseKept } from './views/promise-kept';

/** How promises came out by the policies' own days of carriers, and by what was learned of them: of those of which both were known when they were sold. */
export interface PromisesCompared {
  readonly value: string | null;
  /** Of which it is known whether they were kept. */
  readonly promised: number;
  /** Of them, sold by what was learned; the others had it beside them. */
  readonly decidedByLearned: number;
  /** So many of them were to be late at most. */
  readonly lateAllowed: number;
  readonly baseline: PromisesBy;
  readonly learned: PromisesBy;
}

export interface PromisesBy {
  readonly late: number;
  /** Between order and promise, on average. */
  readonly days: number;
}

/** Of those that came, or are due by both. Late by the one, or by the other, is what it would have been had it been sold so. */
const statementOf = ({ by, now, after, limit, ...filter }: PromiseReportQuery) => {
  const values: unknown[] = [now];
  const value = `coalesce(${valueOf[by]}, '')`;
  const judged =
    'not cancelled and learned_deliver_by is not null and (delivered_at is not null or greatest(baseline_deliver_by, learned_deliver_by) < $1)';
  const conditions = whereOf([['true'], ...filtered(filter), ...given(`${value} > ?`, after)], values);
  const late = (due: string): string => `count(*) filter (where coalesce(delivered_at, 'infinity') > ${due})`;
  const days = (due: string): string => `round(avg(extract(epoch from ${due} - placed_at) / 86400), 2)`;
  const text = `with judged as (select *, ${dueOf} as due from ${tableOf(promiseKept)} where ${judged})
    select ${value} as value, count(*) as promised, count(*) filter (where decided_by = 'learned') as decided,
      sum(100 - percent) as allowed, ${late('baseline_deliver_by')} as baseline_late, ${late('learned_deliver_by')} as learned_late,
      ${days('baseline_deliver_by')} as baseline_days, ${days('learned_deliver_by')} as learned_days
    from judged left join lateral jsonb_array_elements_text(${by === 'location' ? 'locations' : `'[""]'::jsonb`}) as place (location) on true
    where ${conditions} group by 1 order by 1 limit $${values.push(limit)}`;
  return { text, values };
};

type Row = Readonly<Record<'value' | 'promised' | 'decided' | 'allowed' | `${'baseline' | 'learned'}_${'late' | 'days'}`, string>>;

const comparedOf = (row: Row): PromisesCompared => ({
  value: row.value === '' ? null : row.value,
  ...{ promised: Number(row.promised), decidedByLearned: Number(row.decided), lateAllowed: Number(row.allowed) / 100 },
  baseline: { late: Number(row.baseline_late), days: Number(row.baseline_days) },
  learned: { late: Number(row.learned_late), days: Number(row.learned_days) },
});

export const comparedPromises = async (sql: Sql, query: PromiseReportQuery): Promise<readonly PromisesCompared[]> => {
  const { text, values } = statementOf(query);
  return (await sql.query<Row>(text, values)).rows.map(comparedOf);
};
