import { keepingTogether, ROUND_TRIP } from '@cartage/eventsourcing';
import { inTransaction } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import type { DeliveryQueue, Settlement } from '../../app/webhooks/delivery-table';
import { isTaken } from '../../domain/delivery';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { UNWAITED } from '../unwaited';
import { changeStates, holdEndpoints, type StateChange } from './endpoint-rows';
import { giveTurns, type Turn } from './turns';

/** The number of the attempt says whose the claim is: whoever claims counts one more. Whoever has lost it is noted, and ends nothing. */
const END = `
  with x as (
    select * from unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::integer[], $8::text[], $9::text[], $10::text[])
      as x(id, number, status, next_at, ended_at, at, took_ms, url, answer, failure)
  ), noted as (
    insert into webhook_attempt (delivery_id, number, at, took_ms, url, answer, failure)
    select d.delivery_id, x.number, x.at, x.took_ms, x.url, x.answer::json, x.failure from x join webhook_delivery d on d.delivery_id = x.id
    on conflict (delivery_id, number) do nothing
  )
  update webhook_delivery d set status = x.status, next_at = x.next_at, ended_at = x.ended_at, leased_until = null
  from x where d.delivery_id = x.id and d.attempts = x.number and d.status = 'waiting' and d.leased_until is not null
  returning d.delivery_id as "deliveryId", d.endpoint_id as "endpointId", d.partition_key as "partitionKey", d.replay_id is not null as "isReplay"`;

interface EndedRow extends Turn {
  readonly deliveryId: string;
  readonly isReplay: boolean;
}

const rowOf = ({ delivery, attempt, verdict }: Settlement): readonly unknown[] => {
  const { at, tookMs, url, answer, failure = null } = attempt;
  const ending = verdict.status === 'waiting' ? [verdict.nextAt, null] : [null, at];
  const noted = [at, tookMs, url, answer ? JSON.stringify(answer) : null, failure];
  return [delivery.deliveryId, delivery.attempts, verdict.status, ...ending, ...noted];
};

const columnsOf = (rows: readonly (readonly unknown[])[]): unknown[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));

interface Ended extends Settlement {
  readonly isReplay: boolean;
}

/** What these attempts, one after the other, make of their endpoint. */
const stateAfter = (endpoint: WebhookEndpoint, ended: readonly Ended[]): StateChange => {
  let { breaker, pause } = endpoint;
  for (const { after } of ended) {
    const next = after(breaker);
    breaker = next.breaker;
    pause ??= next.pause;
  }
  const count = (isSo: (each: Ended) => boolean): number => ended.filter(isSo).length;
  return {
    ...{ endpointId: endpoint.endpointId, breaker, ...(pause ? { pause } : {}) },
    delivered: count(({ attempt }) => isTaken(attempt)),
    failed: count(({ attempt }) => !isTaken(attempt)),
    givenUp: count(({ verdict }) => verdict.status === 'given-up'),
    waiting: -count(({ verdict, isReplay }) => verdict.status !== 'waiting' && !isReplay),
  };
};

const settleIn = async (client: PoolClient, settlements: readonly Settlement[]): Promise<void> => {
  const endpoints = await holdEndpoints(client, [...new Set(settlements.map(({ delivery }) => delivery.endpointId))]);
  const { rows } = await client.query<EndedRow>(END, columnsOf(settlements.map(rowOf)));
  const byId = new Map(rows.map((row) => [row.deliveryId, row]));
  const ended = settlements.flatMap((settlement) => {
    const row = byId.get(settlement.delivery.deliveryId);
    return row ? [{ ...settlement, isReplay: row.isReplay }] : [];
  });
  const endedFor = (endpointId: string): readonly Ended[] => ended.filter(({ delivery }) => delivery.endpointId === endpointId);
  const changes = endpoints.map((endpoint) => stateAfter(endpoint, endedFor(endpoint.endpointId)));
  await changeStates(client, changes);
  await giveTurns(client, rows);
};

/** Those that end at the same time are settled together, each endpoint held once; one that cannot be settled fails alone. */
export const settling = (pool: Pool): DeliveryQueue['settle'] =>
  keepingTogether((settlements: readonly Settlement[]) => inTransaction(pool, (client) => settleIn(client, settlements), UNWAITED), {
    gather: ROUND_TRIP,
  });
