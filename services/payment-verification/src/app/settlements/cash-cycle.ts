import { isoTime, tableOf, type Sql } from '@cartage/views';
import { paymentMovement } from '../views/payment-movement';
import { paymentSummary } from '../views/payment-summary';
import { withoutShort } from './outstanding';

/** Where money is that we have earned and cannot use. */
export const lockedStages = ['to-collect', 'collected', 'captured-shipped', 'captured-delivered'] as const;
export type LockedStage = (typeof lockedStages)[number];

/** Money that is locked in one stage, of one channel and age. */
export interface CashLocked {
  readonly stage: LockedStage;
  readonly channel: string;
  readonly currency: string;
  /** Whole weeks since it came into the stage, up to twelve. */
  readonly weeks: number;
  readonly orders: number;
  readonly amount: number;
}

/** Money of one order on its way: a shipment, or a capture that is for none. */
export interface CashStep {
  readonly shipmentId: string | null;
  readonly currency: string;
  readonly captured: number;
  readonly collected: number;
  readonly remitted: number;
  /** Of what was captured or collected, what stands in settlements or was closed. */
  readonly settled: number;
  readonly movedAt: string;
  readonly deliveredAt: string | null;
  readonly settledAt: string | null;
}

const locked = `
  with locked as (
    select case when kind = 'collected' then 'collected' when delivered_at is null then 'captured-shipped' else 'captured-delivered' end as stage,
      channel, moved.currency, order_id, ${withoutShort} as amount, moved_at as since
    from ${tableOf(paymentMovement)} moved
    join (select order_id, channel from ${tableOf(paymentSummary)}) payment using (order_id)
    left join (select shipment_id, delivered_at from delivered_shipment) delivered using (shipment_id)
    where settled_at is null and kind in ('captured', 'collected')
    union all
    select 'to-collect', channel, currency, order_id, to_collect, requested_at from ${tableOf(paymentSummary)} where to_collect > 0
  )
  select json_build_object('stage', stage, 'channel', channel, 'currency', currency, 'weeks', weeks, 'orders', count(distinct order_id),
    'amount', sum(amount)) as row
  from (select *, greatest(0, least(12, floor(extract(epoch from $1::timestamptz - since) / 604800)))::integer as weeks from locked) aged
  group by stage, channel, currency, weeks order by stage, channel, currency, weeks`;

/** Cash locked by stage, channel and age. */
export const cashLocked = async (sql: Sql, now: Date): Promise<readonly CashLocked[]> =>
  (await sql.query<{ row: CashLocked }>(locked, [now.toISOString()])).rows.map(({ row }) => row);

const steps = `
  select json_build_object('shipmentId', shipment_id, 'currency', currency,
    'captured', coalesce(sum(amount) filter (where kind = 'captured'), 0), 'collected', coalesce(sum(amount) filter (where kind = 'collected'), 0),
    'remitted', coalesce(sum(amount) filter (where kind = 'remitted'), 0),
    'settled', coalesce(sum(amount) filter (where kind in ('captured', 'collected') and settled_at is not null), 0),
    'movedAt', ${isoTime('min(moved_at)')}, 'deliveredAt', ${isoTime('min(delivered_at)')},
    'settledAt', case when bool_and(settled_at is not null) filter (where kind in ('captured', 'collected')) then ${isoTime('max(settled_at)')} end) as row
  from ${tableOf(paymentMovement)} left join (select shipment_id, delivered_at from delivered_shipment) delivered using (shipment_id)
  where order_id = $1 and kind in ('captured', 'collected', 'remitted')
  group by shipment_id, currency order by min(moved_at), shipment_id`;

/** How far the money of one order has come, shipment by shipment. */
export const cashSteps = async (sql: Sql, orderId: string): Promise<readonly CashStep[]> =>
  (await sql.query<{ row: CashStep }>(steps, [orderId])).rows.map(({ row }) => row);
