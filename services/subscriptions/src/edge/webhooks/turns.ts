import { idFor } from '@cartage/service-kit';
import type { PoolClient } from 'pg';
import type { NamedFact } from '../postgres-fact-log';

/*
 * Of what waits for an endpoint under one key the earliest is in its turn, which is kept with it: so whoever sends finds what may be sent without looking at what waits behind. Whoever changes what waits
 * holds the endpoint meanwhile (`holdEndpoint`), so that nobody counts on what another one is about to end.
 */

/** What stands first under these keys is in its turn; also where it was so. */
const GIVE = `
  update webhook_delivery d set in_turn = true
  from unnest($1::uuid[], $2::text[]) as x(endpoint, key) cross join lateral (
    select w.delivery_id from webhook_delivery w
    where w.endpoint_id = x.endpoint and w.partition_key = x.key and w.status = 'waiting' order by w.position limit 1) as first
  where d.delivery_id = first.delivery_id and not d.in_turn`;

/** They come in the order of their positions, behind all that wait under their keys. */
const ENTER = `
  insert into webhook_delivery (delivery_id, endpoint_id, replay_id, position, event_id, type, order_id, partition_key, entered_at, next_at, in_turn)
  select x.delivery, $2, $3, x.position, x.event, x.type, x.of_order, x.key, $4::timestamptz, $4,
    x.position = min(x.position) over (partition by x.key)
      and not exists (select from webhook_delivery w where w.endpoint_id = $2 and w.partition_key = x.key and w.status = 'waiting')
  from json_to_recordset($1::json) as x(delivery uuid, position bigint, event uuid, type text, of_order uuid, key text)
  where not exists (select from webhook_delivery d where d.delivery_id = x.delivery)`;

/** The place of a delivery among others: those under the same key at an endpoint are sent one after the other. */
export interface Turn {
  readonly endpointId: string;
  readonly partitionKey: string;
}

/** After something under these keys has ended, has come again, or is gone. */
export const giveTurns = async (client: Pick<PoolClient, 'query'>, turns: readonly Turn[]): Promise<void> => {
  if (turns.length === 0) return;
  await client.query(GIVE, [turns.map(({ endpointId }) => endpointId), turns.map(({ partitionKey }) => partitionKey)]);
};

export interface Entering {
  readonly endpointId: string;
  /** Absent: they are sent because they happened. */
  readonly replayId?: string;
  readonly now: Date;
}

/** What is replayed has an order of its own: what happens now to an order does not wait for what happened before. */
const rowOf = ({ endpointId, replayId }: Entering) =>
  replayId === undefined
    ? ({ id, key }: NamedFact) => ({ delivery: idFor('webhook-delivery', endpointId, id), key })
    : ({ id, key }: NamedFact) => ({ delivery: idFor('webhook-replay', replayId, id), key: `${replayId}/${key}` });

/** Enters them as deliveries, and answers how many were not there. */
export const enter = async (client: PoolClient, facts: readonly NamedFact[], entering: Entering): Promise<number> => {
  if (facts.length === 0) return 0;
  const own = rowOf(entering);
  const rows = facts.map((fact) => ({ position: fact.position, event: fact.id, type: fact.type, of_order: fact.orderId, ...own(fact) }));
  return (await client.query(ENTER, [JSON.stringify(rows), entering.endpointId, entering.replayId ?? null, entering.now])).rowCount ?? 0;
};
