import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { SettlementLine } from '../../domain/settlements/line';
import type { Expectation } from '../../domain/settlements/matching';
import { carrierClaimList, carrierClaimMovement } from '../views/carrier-claim-list';
import { chargebackList } from '../views/chargeback-list';
import { chargebackMovement } from '../views/chargeback-movement';
import { paymentMovement } from '../views/payment-movement';
import { paymentSummary } from '../views/payment-summary';
import { settlementLine } from '../views/settlement-line';
import { groupedBy } from './grouped';

/** A line, and in which channels its order number may be one; none: in any. */
export interface Sought {
  readonly line: SettlementLine;
  readonly channels: readonly string[];
}

export interface SettlementLookups {
  /** The order that each line belongs to, where exactly one is known. */
  ordersOf(sought: readonly Sought[]): Promise<ReadonlyMap<string, string>>;
  /** All money that moved for these orders. */
  expectationsOf(orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly Expectation[]>>;
  /** Which of these lines are here, and in which settlement they came. */
  known(lineIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Lines that do not agree and are not closed, behind this one. */
  open(after: string, limit: number): Promise<readonly OpenLine[]>;
}

export interface OpenLine {
  readonly line: SettlementLine;
  readonly orderId: string | null;
}

interface Found {
  readonly lineId: string;
  readonly place: number;
  readonly orderId: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Names come in the order in which they are believed: what the line names, then its order’s number. */
const namesOf = ({ line: { lineId, references, orderNumber }, channels }: Sought) => [
  ...references.map((name, place) => ({ lineId, place, name, id: UUID.test(name) ? name : null })),
  ...(orderNumber === undefined
    ? []
    : [{ lineId, place: references.length, number: orderNumber, channels, id: UUID.test(orderNumber) ? orderNumber : null }]),
];

const foundIn = `with asked as (
    select * from json_to_recordset($1) as asked ("lineId" uuid, place integer, name text, number text, channels text[], id uuid)
  ), found as (
    select "lineId", place, order_id from asked join ${tableOf(paymentMovement)} on source = name
    union select "lineId", place, order_id from asked join ${tableOf(paymentMovement)} on reference = name
    union select "lineId", place, order_id from asked join ${tableOf(chargebackList)} on reference = name
    union select "lineId", place, order_id from asked join cod_parcel on tracking_number = name
    union select "lineId", place, order_id from asked join ${tableOf(carrierClaimList)} on tracking_number = name
    union select "lineId", place, order_id from asked join ${tableOf(carrierClaimList)} on reference = name
    union select "lineId", place, order_id from asked join ${tableOf(carrierClaimList)} on claim_id = id
    union select "lineId", place, order_id from asked join ${tableOf(paymentSummary)} on order_id = id
    union select "lineId", place, order_id from asked join ${tableOf(paymentSummary)} on external_order_id = number
      and (cardinality(asked.channels) = 0 or channel = any(asked.channels))
  )
  select json_build_object('lineId', "lineId", 'place', place, 'orderId', order_id) as row from found order by place`;

/** The first name that says which order; one that fits several says nothing. */
const decided = (found: readonly Found[]): ReadonlyMap<string, string> => {
  const byName = groupedBy(found, ({ lineId, place }) => `${lineId}/${place}`);
  const orders = new Map<string, string>();
  for (const named of byName.values()) {
    const [first] = named;
    if (first && named.length === 1 && !orders.has(first.lineId)) orders.set(first.lineId, first.orderId);
  }
  return orders;
};

const expectations = `
  select json_build_object('orderId', moved.order_id, 'id', movement_id, 'subject', source, 'paymentId', payment_id, 'currency', currency,
      'kind', case when kind = 'captured' then 'charge' when kind in ('refunded', 'refund-returned') then 'refund' else 'cod-remittance' end,
      'amount', case when kind in ('refunded', 'cod-short') then 0 - amount else amount end, 'at', ${isoTime('moved_at')},
      'names', array_remove(array[source, reference], null) || array(select tracking_number from cod_parcel where cod_parcel.shipment_id = moved.shipment_id)) as row
    from ${tableOf(paymentMovement)} moved where order_id = any($1::uuid[]) and kind in ('captured', 'collected', 'refunded', 'refund-returned', 'cod-short')
  union all
  select json_build_object('orderId', order_id, 'id', movement_id, 'subject', shipment_id, 'paymentId', payment_id, 'currency', currency,
      'kind', 'cod-remittance', 'amount', 0 - amount, 'at', ${isoTime('moved_at')}, 'names', array[]::text[], 'byHand', true)
    from ${tableOf(paymentMovement)} where order_id = any($1::uuid[]) and kind = 'remitted' and settlement_id is null and shipment_id is not null
  union all
  select json_build_object('orderId', moved.order_id, 'id', movement_id, 'subject', chargeback_id, 'paymentId', payment_id, 'currency', moved.currency,
      'kind', 'chargeback', 'amount', case when moved.kind like 'chargeback-won%' then moved.amount else 0 - moved.amount end, 'at', ${isoTime('moved_at')},
      'names', array_remove(array[chargeback_id::text, capture_id::text, reference], null))
    from ${tableOf(chargebackMovement)} moved join ${tableOf(chargebackList)} using (chargeback_id)
    where moved.order_id = any($1::uuid[]) and moved.kind in ('chargeback-opened', 'chargeback-won', 'chargeback-lost-after-won', 'chargeback-won-after-lost')
  union all
  select json_strip_nulls(json_build_object('orderId', moved.order_id, 'id', movement_id, 'subject', claim_id, 'currency', moved.currency, 'kind', 'carrier-claim',
      'amount', case kind when 'claim-owed' then amount else 0 - amount end, 'at', ${isoTime('moved_at')},
      'names', array_remove(array[claim_id::text, tracking_number, reference], null), 'byHand', case when kind = 'claim-paid' then true end))
    from ${tableOf(carrierClaimMovement)} moved join ${tableOf(carrierClaimList)} using (claim_id)
    where moved.order_id = any($1::uuid[])`;

type Row<Of> = { readonly row: Of };

/** In the tables of this service’s views, and of the parcels whose cash carriers collect. */
export const settlementLookups = (sql: Sql): SettlementLookups => {
  const rowsOf = async <Of>(text: string, values: readonly unknown[]): Promise<readonly Of[]> =>
    (await sql.query<Row<Of>>(text, values)).rows.map(({ row }) => row);
  return {
    ordersOf: async (sought) => decided(await rowsOf<Found>(foundIn, [JSON.stringify(sought.flatMap(namesOf))])),
    expectationsOf: async (orderIds) => {
      const moved = await rowsOf<Expectation & { readonly orderId: string }>(expectations, [orderIds]);
      const byOrder = groupedBy(moved, ({ orderId }) => orderId);
      return new Map([...byOrder].map(([orderId, of]) => [orderId, of.map(({ orderId: _, ...each }) => each)]));
    },
    known: async (lineIds) => {
      const text = `select json_build_array(line_id, settlement_id) as row from ${tableOf(settlementLine)} where line_id = any($1::uuid[])`;
      return new Map(await rowsOf<[string, string]>(text, [lineIds]));
    },
    open: (after, limit) => {
      const text = `select json_build_object('line', line, 'orderId', order_id) as row from ${tableOf(settlementLine)}
        where is_open and line_id > $1::uuid order by line_id limit $2`;
      return rowsOf<OpenLine>(text, [after, limit]);
    },
  };
};
