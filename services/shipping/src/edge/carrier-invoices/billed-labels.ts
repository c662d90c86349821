import { tableOf, type Sql } from '@cartage/views';
import type { BilledLabels } from '../../app/carrier-invoices/carrier-bills';
import { auditFinding } from '../../app/views/audit-finding';
import { carrierInvoiceLine } from '../../app/views/carrier-invoice-line';
import { carrierParcel } from '../../app/views/carrier-parcel';
import { returnParcel } from '../../app/views/return-parcel';
import type { BilledLabel } from '../../domain/carrier-invoices/invoice-line';

const parcels = tableOf(carrierParcel);
const returning = tableOf(returnParcel);
const lines = tableOf(carrierInvoiceLine);
const findings = tableOf(auditFinding);

/** Labels that we pay, with all of their parcels. What a fulfilment partner has of its own carrier nobody bills to us. */
const labelsOf = (chosen: string): string => `
  select json_strip_nulls(json_build_object('labelId', label_id, 'orderId', min(order_id::text), 'shipmentId', min(shipment_id::text),
    'service', min(service), 'currency', min(currency), 'cost', sum(cost), 'isVoid', bool_or(unused),
    'parcels', json_agg(json_build_object('trackingNumber', tracking_number, 'weightGrams', nullif(weight_grams, 0),
      'volumeMm3', length_mm::bigint * width_mm * height_mm) order by parcel_id))) as label
  from ${parcels} where label_id in (${chosen}) and cost is not null group by label_id`;

const returnsOf = (chosen: string): string => `
  select json_build_object('labelId', label_id, 'orderId', order_id, 'returnId', return_id, 'service', service, 'currency', currency,
    'cost', cost, 'isVoid', unused, 'parcels', json_build_array(json_build_object('trackingNumber', tracking_number, 'weightGrams', weight_grams))) as label
  from ${returning} where label_id in (${chosen}) and cost is not null`;

/** Carriers use a number again: the label that has it now is the newest one. */
const byNumber = `
  ${labelsOf(`select distinct on (tracking_number) label_id from ${parcels}
    where carrier = $1 and tracking_number = any($2::text[]) and cost is not null order by tracking_number, labelled_at desc`)}
  union all
  ${returnsOf(`select distinct on (tracking_number) label_id from ${returning}
    where carrier = $1 and tracking_number = any($2::text[]) and cost is not null order by tracking_number, purchased_at desc`)}`;

/** Of labels for the way back many carriers bill only what was sent, so only those that went out are missed. */
const notBilled = labelsOf(`
  select label_id from ${parcels} p
  where carrier = $1 and dispatched_at >= $2 and dispatched_at < $3 and not unused and cost is not null
    and not exists (select from ${lines} where bill_id = p.label_id) and not exists (select from ${findings} where bill_id = p.label_id)
  group by label_id order by min(dispatched_at), label_id limit $4`);

const voided = (of: string): string => `
  select label_id from ${of} p where carrier = $1 and unused
    and exists (select from ${lines} l where l.bill_id = p.label_id and l.kind in ('carriage', 'surcharge'))
    and not exists (select from ${findings} f where f.bill_id = p.label_id and f.kind = 'void-label-billed')
  group by label_id limit $2`;
const voidedSince = `${labelsOf(voided(parcels))} union all ${returnsOf(voided(returning))}`;

const billOf = `select bill_id from ${findings} where finding_id = $1`;

/** In the tables of this service’s views. */
export const billedLabels = (sql: Sql): BilledLabels => {
  const all = async (text: string, values: readonly unknown[]): Promise<readonly BilledLabel[]> =>
    (await sql.query<{ label: BilledLabel }>(text, values)).rows.map(({ label }) => label);
  return {
    byNumber: async (carrier, trackingNumbers) => {
      const asked = new Set(trackingNumbers);
      const found = await all(byNumber, [carrier, trackingNumbers]);
      return new Map(
        found.flatMap((label) =>
          label.parcels.flatMap(({ trackingNumber }) => (asked.has(trackingNumber) ? [[trackingNumber, label] as const] : [])),
        ),
      );
    },
    notBilled: (carrier, { from, before }, limit) => all(notBilled, [carrier, from, before, limit]),
    voidedSince: (carrier, limit) => all(voidedSince, [carrier, limit]),
    billOf: async (findingId) => (await sql.query<{ bill_id: string }>(billOf, [findingId])).rows[0]?.bill_id,
  };
};
