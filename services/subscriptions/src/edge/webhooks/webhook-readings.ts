import type { Readings } from '@cartage/service-kit';
import type { Pool } from 'pg';
import { endpointStatuses, type EndpointStatus } from '../../domain/webhook-endpoint';

const ENDPOINTS = `
  select case when pause is not null then 'paused' when open_until is not null then 'failing' else 'active' end as status,
    count(*)::float8 as endpoints, sum(delivered)::float8 as delivered, sum(failed)::float8 as failed, sum(given_up)::float8 as "givenUp"
  from webhook_endpoint group by 1`;
/** Of those that are paused nobody expects anything. */
const OLDEST = `
  select extract(epoch from $1::timestamptz - min(w.entered_at))::float8 as seconds from webhook_endpoint e
  cross join lateral (
    select d.entered_at from webhook_delivery d where d.endpoint_id = e.endpoint_id and d.status = 'waiting' and d.replay_id is null order by d.entered_at limit 1
  ) w where e.pause is null`;

interface EndpointsRow {
  readonly status: EndpointStatus;
  readonly endpoints: number;
  readonly delivered: number;
  readonly failed: number;
  readonly givenUp: number;
}

/** What became of what is sent to webhook endpoints. The same in every process: it stands in the tables. */
export const webhookReadings = (pool: Pool, now: () => Date) => async (): Promise<Readings> => {
  const [{ rows }, oldest] = await Promise.all([
    pool.query<EndpointsRow>(ENDPOINTS),
    pool.query<{ readonly seconds: number | null }>(OLDEST, [now()]),
  ]);
  const service = 'subscriptions';
  const sumOf = (field: 'delivered' | 'failed' | 'givenUp'): number => rows.reduce((sum, row) => sum + row[field], 0);
  const endpointsOf = (status: EndpointStatus): number => rows.find((row) => row.status === status)?.endpoints ?? 0;
  return {
    webhookDeliveries: [
      { labels: { service, result: 'delivered' }, value: sumOf('delivered') },
      { labels: { service, result: 'failed' }, value: sumOf('failed') },
      { labels: { service, result: 'given-up' }, value: sumOf('givenUp') },
    ],
    webhookEndpoints: endpointStatuses.map((status) => ({ labels: { service, status }, value: endpointsOf(status) })),
    webhookOldest: [{ labels: { service }, value: Math.max(0, oldest.rows[0]?.seconds ?? 0) }],
  };
};
