import { heldInTables, type Holdings } from '@cartage/service-kit';
import { tableOf, type Sql } from '@cartage/views';
import { orderSummary } from '../app/views/order-summary';

const contacts = `delete from customer_contact c using person p where c.order_id = any (p.orders) or c.person = any (p.keys)`;

const parked = `
  update parked_placement o set status = 'dropped', box = null, ended_by = 'erasure', ended_at = now() from person p
  where o.box is not null and (o.order_id = any (p.orders) or o.box ->> 'key' = any (p.keys))`;

const messages = `
  update channel_message m set box = null, detail = 'What it said was erased with its person.',
    status = case when m.status in ('refused', 'waiting') then 'ignored' else m.status end from person p
  where m.box is not null and (m.order_id = any (p.orders) or m.box ->> 'key' = any (p.keys))`;

const places = `
  update channel_order o set said = said - 'place' || '{"place": null}'::jsonb
  from person p, ${tableOf(orderSummary)} s
  where s.order_id = any (p.orders) and o.channel = s.channel and o.external_order_id = s.external_order_id and o.said ->> 'place' is not null`;

const channels = `select distinct s.channel as who from person p, ${tableOf(orderSummary)} s where s.order_id = any (p.orders)`;

/** What the order service keeps of people beside its log. */
export const orderHoldings = ({ pool }: { readonly pool: Sql }): Holdings =>
  heldInTables(pool, {
    shown: [
      {
        what: 'message of a channel',
        sql: `select m.received_at as at, json_build_object('channel', m.channel, 'topic', m.topic, 'orderId', m.order_id, 'message', m.box) as content
          from person p, channel_message m where m.box is not null and (m.order_id = any (p.orders) or m.box ->> 'key' = any (p.keys))`,
      },
      {
        what: 'order that is kept aside',
        sql: `select o.parked_at as at, json_build_object('channel', o.channel, 'orderId', o.order_id, 'order', o.box) as content
          from person p, parked_placement o where o.box is not null and (o.order_id = any (p.orders) or o.box ->> 'key' = any (p.keys))`,
      },
    ],
    forgotten: [
      { what: 'keyed hashes of contacts', sql: contacts },
      { what: 'orders that were kept aside', sql: parked },
      { what: 'messages of channels', sql: messages },
      { what: 'keyed hashes of places that channels named', sql: places },
    ],
    kept: [
      {
        what: 'orders: goods, amounts, dates, country and postal area, under their number and the customer id',
        why: 'Stock, money and documents follow from them, and the law wants the books kept; nothing in them says whose they are.',
      },
      {
        what: 'attributes and instructions of lines, and reasons that people wrote',
        why: 'They say what to make and why something was done; nothing personal belongs there.',
      },
    ],
    sentTo: [{ what: 'what became of the order; it had the order first', sql: channels }],
  });
