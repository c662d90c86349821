import type { Sealed } from '@cartage/contracts';
import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { CountedEndpoint, EndpointTable } from '../../app/webhooks/endpoint-table';
import type { CircuitBreaker } from '../../domain/circuit-breaker';
import type { WebhookEndpoint, WebhookPause } from '../../domain/webhook-endpoint';
import { adding } from '../adding';

export const ENDPOINT = `
  e.endpoint_id as "endpointId", e.url, e.note, e.types, e.channels, ${isoTime('e.made_at')} as "madeAt", e.made_by as "madeBy", e.position::float8 as position,
  e.secrets, e.breaker, e.pause`;
const COUNTED = `
  select ${ENDPOINT}, e.delivered::float8 as delivered, e.failed::float8 as failed, e.given_up::float8 as "givenUp",
    (select count(*)::float8 from webhook_delivery d where d.endpoint_id = e.endpoint_id and d.status = 'waiting') as waiting
  from webhook_endpoint e`;
const ADD = `
  insert into webhook_endpoint (endpoint_id, url, note, types, channels, made_at, made_by, fingerprint, position, secrets, breaker)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
const LIST = `${COUNTED}
  where ($1::text[] is null or e.channels <@ $1) and ($2::timestamptz is null or (e.made_at, e.endpoint_id) < ($2, $3::uuid))
  order by e.made_at desc, e.endpoint_id desc limit $4`;
/** In an order that is the same in every process. */
const HOLD = `select ${ENDPOINT} from webhook_endpoint e where e.endpoint_id = any($1) order by e.endpoint_id for update`;
const CHANGE = `update webhook_endpoint set url = $2, note = $3, types = $4, secrets = $5 where endpoint_id = $1`;
const CHANGE_STATES = `
  update webhook_endpoint e set breaker = x.breaker::json, open_until = x.open_until, pause = x.pause::json,
    delivered = e.delivered + x.delivered, failed = e.failed + x.failed, given_up = e.given_up + x.given_up, waiting = e.waiting + x.waiting
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
    as x(endpoint_id, breaker, open_until, pause, delivered, failed, given_up, waiting)
  where e.endpoint_id = x.endpoint_id`;

export interface EndpointRow {
  readonly endpointId: string;
  readonly url: string;
  readonly note: string | null;
  readonly types: readonly string[] | null;
  readonly channels: readonly string[] | null;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly position: number;
  readonly secrets: Sealed;
  readonly breaker: CircuitBreaker;
  readonly pause: WebhookPause | null;
}

export const endpointOf = ({ note, types, channels, pause, ...row }: EndpointRow): WebhookEndpoint => ({
  ...row,
  filter: { ...(types ? { types } : {}), ...(channels ? { channels } : {}) },
  ...(note === null ? {} : { note }),
  ...(pause ? { pause } : {}),
});

type CountedRow = EndpointRow & Pick<CountedEndpoint, 'waiting' | 'delivered' | 'failed' | 'givenUp'>;

const countedOf = ({ waiting, delivered, failed, givenUp, ...row }: CountedRow): CountedEndpoint => ({
  ...endpointOf(row),
  ...{ waiting, delivered, failed, givenUp },
});

/** How endpoints take what they are sent, whether anything is, and so much more of each. */
export interface StateChange
  extends
    Pick<WebhookEndpoint, 'endpointId' | 'breaker' | 'pause'>,
    Pick<CountedEndpoint, 'waiting' | 'delivered' | 'failed' | 'givenUp'> {}

export const changeStates = async (client: PoolClient, changes: readonly StateChange[]): Promise<void> => {
  const column = (value: (change: StateChange) => unknown): unknown[] => changes.map(value);
  await client.query(CHANGE_STATES, [
    column(({ endpointId }) => endpointId),
    column(({ breaker }) => JSON.stringify(breaker)),
    column(({ breaker }) => breaker.openUntil ?? null),
    column(({ pause }) => (pause ? JSON.stringify(pause) : null)),
    column(({ delivered }) => delivered),
    column(({ failed }) => failed),
    column(({ givenUp }) => givenUp),
    column(({ waiting }) => waiting),
  ]);
};

/** Endpoints, while nobody else changes them. */
export const holdEndpoints = async (client: PoolClient, endpointIds: readonly string[]): Promise<readonly WebhookEndpoint[]> =>
  (await client.query<EndpointRow>(HOLD, [endpointIds])).rows.map(endpointOf);

export const holdEndpoint = async (client: PoolClient, endpointId: string): Promise<WebhookEndpoint | undefined> =>
  (await holdEndpoints(client, [endpointId]))[0];

const NOTHING_MORE = { delivered: 0, failed: 0, givenUp: 0, waiting: 0 };

const changeIn = async (client: PoolClient, endpointId: string, change: Parameters<EndpointTable['change']>[1]): Promise<boolean> => {
  const before = await holdEndpoint(client, endpointId);
  if (!before) return false;
  const { url, note = null, filter, secrets, breaker, pause } = await change(before);
  await client.query(CHANGE, [endpointId, url, note, filter.types ?? null, JSON.stringify(secrets)]);
  await changeStates(client, [{ endpointId, breaker, ...(pause ? { pause } : {}), ...NOTHING_MORE }]);
  return true;
};

const add = (pool: Pool): EndpointTable['add'] => {
  const added = adding(pool, { table: 'webhook_endpoint', id: 'endpoint_id', counted: 'true', insert: ADD });
  return ({ endpointId, url, note, filter, madeAt, madeBy, position, secrets, breaker }, terms) => {
    const kept = [url, note ?? null, filter.types ?? null, filter.channels ?? null, madeAt, madeBy, terms.fingerprint, position];
    return added([endpointId, ...kept, JSON.stringify(secrets), JSON.stringify(breaker)], terms);
  };
};

export const endpointTable = (pool: Pool): EndpointTable => ({
  add: add(pool),
  count: async () => (await pool.query<{ readonly n: number }>('select count(*)::integer as n from webhook_endpoint')).rows[0]?.n ?? 0,
  find: async (endpointId) => (await pool.query<CountedRow>(`${COUNTED} where e.endpoint_id = $1`, [endpointId])).rows.map(countedOf)[0],
  list: async ({ channels, after, limit }) => {
    const [madeAt = null, endpointId = null] = after ?? [];
    return (await pool.query<CountedRow>(LIST, [channels ?? null, madeAt, endpointId, limit])).rows.map(countedOf);
  },
  change: (endpointId, change) => inTransaction(pool, (client) => changeIn(client, endpointId, change)),
  remove: async (endpointId) => (await pool.query('delete from webhook_endpoint where endpoint_id = $1', [endpointId])).rowCount === 1,
  channelsOf: async (endpointId) => {
    const { rows } = await pool.query<{ readonly channels: readonly string[] | null }>(
      'select channels from webhook_endpoint where endpoint_id = $1',
      [endpointId],
    );
    return rows[0]?.channels ?? undefined;
  },
});
