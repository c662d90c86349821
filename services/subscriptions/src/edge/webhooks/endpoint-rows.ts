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
const HOLD = `select ${ENDPOINT} from webhook_endpoint e where e.endpoint_id = $1 for update`;
const CHANGE = `update webhook_endpoint set url = $2, note = $3, types = $4, secrets = $5 where endpoint_id = $1`;
const KEEP_STATE = `update webhook_endpoint set breaker = $2, open_until = $3, pause = $4 where endpoint_id = $1`;

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

/** How it takes what it is sent, and whether anything is. */
export const keepState = async (
  client: Pick<Pool, 'query'>,
  endpointId: string,
  { breaker, pause }: Pick<WebhookEndpoint, 'breaker' | 'pause'>,
): Promise<void> => {
  await client.query(KEEP_STATE, [endpointId, JSON.stringify(breaker), breaker.openUntil ?? null, pause ? JSON.stringify(pause) : null]);
};

/** The endpoint, while nobody else changes it. */
export const holdEndpoint = async (client: PoolClient, endpointId: string): Promise<WebhookEndpoint | undefined> =>
  (await client.query<EndpointRow>(HOLD, [endpointId])).rows.map(endpointOf)[0];

const changeIn = async (client: PoolClient, endpointId: string, change: Parameters<EndpointTable['change']>[1]): Promise<boolean> => {
  const before = await holdEndpoint(client, endpointId);
  if (!before) return false;
  const { url, note = null, filter, secrets, ...state } = await change(before);
  await client.query(CHANGE, [endpointId, url, note, filter.types ?? null, JSON.stringify(secrets)]);
  await keepState(client, endpointId, state);
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
