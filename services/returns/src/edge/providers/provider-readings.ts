import type { Readings } from '@cartage/service-kit';
import type { Pool } from 'pg';

const FIGURES = `
  select provider, state, count(*)::int as count, coalesce(extract(epoch from $1::timestamptz - min(since)), 0)::float8 as seconds
  from (
    select provider, status as state, planned_at as since from provider_message where status in ('waiting', 'refused')
    union all select provider, 'notice-' || status, received_at from provider_notice where status in ('parked', 'refused')
  ) as open group by provider, state`;

interface Figures {
  readonly provider: string;
  readonly state: string;
  readonly count: number;
  readonly seconds: number;
}

const states = ['waiting', 'refused', 'notice-parked', 'notice-refused'];

/** Every provider has each state, so that a gauge goes back to nothing. */
export const providerReadings = async (pool: Pool, now: Date): Promise<Readings> => {
  const { rows: providers } = await pool.query<{ provider: string }>('select provider from provider order by provider');
  if (providers.length === 0) return {};
  const { rows } = await pool.query<Figures>(FIGURES, [now]);
  const each = providers.flatMap(({ provider }) =>
    states.map((state) => ({
      labels: { partner: provider, state },
      of: rows.find((row) => row.provider === provider && row.state === state),
    })),
  );
  return {
    partnerOpen: each.map(({ labels, of }) => ({ labels, value: of?.count ?? 0 })),
    partnerOpenSeconds: each.map(({ labels, of }) => ({ labels, value: Math.max(0, of?.seconds ?? 0) })),
  };
};
