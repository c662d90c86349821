import { heldInTables, type Holdings } from '@cartage/service-kit';
import { tableOf, type Sql } from '@cartage/views';
import { shipmentSummary } from '../app/views/shipment-summary';

const theirs = `person p, ${tableOf(shipmentSummary)} s`;

/** What the shipping service keeps of people beside its log: labels and papers are drawn when they are asked for, and kept nowhere. */
export const shippingHoldings = ({ pool }: { readonly pool: Sql }): Holdings =>
  heldInTables(pool, {
    shown: [
      {
        what: 'message to a partner',
        sql: `select m.planned_at as at, json_build_object('partner', m.partner, 'shipmentId', m.shipment_id, 'message', m.content) as content
          from ${theirs}, partner_message m where s.order_id = any (p.orders) and m.shipment_id = s.shipment_id`,
      },
    ],
    kept: [
      {
        what: 'shipments: parcels, weights, carrier, tracking numbers, scans, country and postal area',
        why: 'Claims on carriers and what they are paid follow from them; they name the order and no person.',
      },
      {
        what: 'public tracking pages',
        why: 'They show the carrier, its tracking numbers, scans and the country, and lead to nobody; their links are in no message of ours any more.',
      },
    ],
    sentTo: [
      {
        what: 'name, address, e-mail and phone, for labels, customs and delivery',
        sql: `select distinct s.carrier as who from ${theirs} where s.order_id = any (p.orders) and s.carrier is not null`,
      },
      {
        what: 'name, address, e-mail and phone, for labels by which goods come back',
        sql: `select distinct r.carrier as who from person p, return_label r where r.order_id = any (p.orders)`,
      },
      {
        what: 'name, address, e-mail and phone, to pack and ship for us',
        sql: `select distinct m.partner as who from ${theirs}, partner_message m
          where s.order_id = any (p.orders) and m.shipment_id = s.shipment_id and m.status not in ('waiting', 'dropped', 'passed-over')`,
      },
    ],
  });
