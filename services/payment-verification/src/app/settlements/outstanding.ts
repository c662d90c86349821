import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { SettlementSource } from '../../domain/settlements/sources';
import { carrierClaimList } from '../views/carrier-claim-list';
import { paymentMovement } from '../views/payment-movement';
import { paymentSummary } from '../views/payment-summary';

/** Money that came in, or that a carrier owes, and stands in no settlement yet. */
export interface Outstanding {
  readonly movementId: string;
  readonly orderId: string;
  readonly kind: 'captured' | 'collected' | 'claimed';
  /** The capture, the shipment whose cash it is, or the claim on a carrier. */
  readonly subject: string;
  readonly channel: string;
  readonly provider: string;
  /** Who has collected cash, or owes for a parcel. */
  readonly carrier: string | null;
  /** In whose files it is to come; null: no source is registered for it. */
  readonly settlementSource: string | null;
  readonly currency: string;
  readonly amount: number;
  readonly movedAt: string;
  readonly days: number;
  /** Longer than its source takes. */
  readonly overdue: boolean;
}

export interface OutstandingFilter {
  readonly settlementSource?: string | undefined;
  readonly carrier?: string | undefined;
  readonly overdue?: boolean | undefined;
}

export interface OutstandingSlice {
  readonly limit: number;
  readonly after?: readonly [movedAt: string, movementId: string] | undefined;
}

/** Days since it came in, up to and with this one; the last one has no end. */
export const ageBuckets = ['0-7', '8-14', '15-30', '31-60', '61-'] as const;
export type AgeBucket = (typeof ageBuckets)[number];

/** Outstanding money that is alike. */
export interface Ageing {
  readonly settlementSource: string | null;
  readonly carrier: string | null;
  readonly channel: string;
  readonly currency: string;
  readonly age: AgeBucket;
  readonly count: number;
  readonly amount: number;
  readonly overdue: number;
  readonly oldestAt: string;
}

/** What a person recorded as handed over is not outstanding any more, though no file has said it. */
const isHandedOver = `kind = 'collected' and coalesce((
    select sum(case other.kind when 'collected' then 0 - other.amount else other.amount end) from ${tableOf(paymentMovement)} other
    where other.order_id = moved.order_id and other.shipment_id = moved.shipment_id and other.kind in ('collected', 'cod-short', 'remitted')
  ), 0) >= 0`;

/** Of collected cash, less what was found missing at the door: taken off the first movement of its shipment. */
export const withoutShort = `moved.amount - case when moved.kind = 'collected' and not exists (
    select from ${tableOf(paymentMovement)} first
    where first.order_id = moved.order_id and first.shipment_id = moved.shipment_id and first.kind = 'collected' and first.version < moved.version
  ) then coalesce((
    select sum(short.amount) from ${tableOf(paymentMovement)} short
    where short.order_id = moved.order_id and short.shipment_id = moved.shipment_id and short.kind = 'cod-short'
  ), 0) else 0 end`;

/** `$1`: sources as JSON; `$2`: now. The source of cash is that of its carrier; of other money that of its channel before that of its provider. */
const outstanding = `
  select open.*, channel, provider, sources.source as settlement_source,
    greatest(0, floor(extract(epoch from $2::timestamptz - moved_at) / 86400))::integer as days,
    coalesce(moved_at < $2::timestamptz - make_interval(days => sources."overdueDays"), false) as overdue
  from (
    select movement_id, order_id, kind, source, moved.currency, moved_at, ${withoutShort} as open_amount, parcel.carrier from ${tableOf(paymentMovement)} moved
    left join lateral (select carrier from cod_parcel where cod_parcel.shipment_id = moved.shipment_id and moved.kind = 'collected' limit 1) parcel on true
    where settled_at is null and kind in ('captured', 'collected') and not (${isHandedOver})
    union all
    select claim_id, order_id, 'claimed', claim_id::text, currency, owed_at, open, carrier from ${tableOf(carrierClaimList)} where open > 0
  ) open
  join (select order_id, channel, provider from ${tableOf(paymentSummary)}) payment using (order_id)
  left join lateral (
    select source, "overdueDays" from json_to_recordset($1) as known (source text, "overdueDays" integer, providers text[], channels text[], carriers text[])
    where case when open.kind in ('collected', 'claimed') then open.carrier = any(carriers) else channel = any(channels) or provider = any(providers) end
    order by channel = any(channels) desc, source limit 1
  ) sources on true`;

const listed = `
  select json_build_object('movementId', movement_id, 'orderId', order_id, 'kind', kind, 'subject', source, 'channel', channel, 'provider', provider,
    'carrier', carrier, 'settlementSource', settlement_source, 'currency', currency, 'amount', open_amount, 'movedAt', ${isoTime('moved_at')}, 'days', days,
    'overdue', overdue) as row
  from (${outstanding}) open
  where ($3::text is null or settlement_source = $3) and ($4::text is null or carrier = $4) and ($5::boolean is null or overdue = $5)
    and ($6::timestamptz is null or (date_trunc('milliseconds', moved_at), movement_id) > ($6, $7::uuid))
  order by date_trunc('milliseconds', moved_at), movement_id limit $8`;

const aged = `
  select json_build_object('settlementSource', settlement_source, 'carrier', carrier, 'channel', channel, 'currency', currency, 'age', age,
    'count', count(*), 'amount', sum(open_amount), 'overdue', coalesce(sum(open_amount) filter (where overdue), 0), 'oldestAt', ${isoTime('min(moved_at)')}) as row
  from (select *, case when days <= 7 then '0-7' when days <= 14 then '8-14' when days <= 30 then '15-30' when days <= 60 then '31-60' else '61-' end as age
    from (${outstanding}) open) aged
  group by settlement_source, carrier, channel, currency, age
  order by settlement_source nulls last, carrier nulls last, channel, currency, min(days)`;

type Terms = readonly Pick<SettlementSource, 'source' | 'overdueDays' | 'providers' | 'channels' | 'carriers'>[];

const termsOf = (sources: Terms): string =>
  JSON.stringify(
    sources.map(({ source, overdueDays, providers, channels, carriers }) => ({ source, overdueDays, providers, channels, carriers })),
  );

export interface OutstandingNeeds {
  readonly sql: Sql;
  readonly now: () => Date;
  readonly sources: () => Promise<Terms>;
}

/** Money that came in and stands in no settlement yet, by age. */
export const outstandingMoney = ({ sql, now, sources }: OutstandingNeeds) => {
  const asked = async (): Promise<readonly unknown[]> => [termsOf(await sources()), now().toISOString()];
  return {
    /** Whatever has waited longest comes first. */
    list: async (
      { settlementSource, carrier, overdue }: OutstandingFilter,
      { limit, after }: OutstandingSlice,
    ): Promise<readonly Outstanding[]> => {
      const filter = [settlementSource, carrier, overdue, after?.[0], after?.[1]].map((value) => value ?? null);
      return (await sql.query<{ row: Outstanding }>(listed, [...(await asked()), ...filter, limit])).rows.map(({ row }) => row);
    },
    ageing: async (): Promise<readonly Ageing[]> =>
      (await sql.query<{ row: Ageing }>(aged, [...(await asked())])).rows.map(({ row }) => row),
  };
};
export type OutstandingMoney = ReturnType<typeof outstandingMoney>;
