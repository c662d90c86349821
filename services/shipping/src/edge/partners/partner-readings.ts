import type { Readings } from '@cartage/service-kit';
import type { Pool } from 'pg';

const FIGURES = `
  select partner, state, count(*)::int as count, coalesce(extract(epoch from $1::timestamptz - min(since)), 0)::float8 as seconds
  from (
    select partner, status as state, planned_at as since from partner_message where status in ('waiting', 'overdue', 'refused')
    union all select partner, 'notice-' || status, received_at from partner_notice where status in ('parked', 'refused')
  ) as open group by partner, state`;

interface Figures {
  readonly partner: string;
  readonly state: string;
  readonly count: number;
  readonly seconds: number;
}

const states = ['waiting', 'overdue', 'refused', 'notice-parked', 'notice-refused'];

/** Every partner has each state, so that a gauge goes back to nothing. */
export const partnerReadings = async (pool: Pool, now: Date): Promise<Readings> => {
  const { rows: partners } = await pool.query<{ partner: string }>('select partner from partner order by partner');
  if (partners.length === 0) return {};
  const { rows } = await pool.query<Figures>(FIGURES, [now]);
  const each = partners.flatMap(({ partner }) =>
    states.map((state) => ({
      labels: { partner, state },
      of: rows.find((row) => row.partner === partner && row.state === state),
    })),
  );
  return {
    partnerOpen: each.map(({ labels, of }) => ({ labels, value: of?.count ?? 0 })),
    partnerOpenSeconds: each.map(({ labels, of }) => ({ labels, value: Math.max(0, of?.seconds ?? 0) })),
  };
};
