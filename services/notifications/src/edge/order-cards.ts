import { sharingRoundTrips } from '@cartage/eventsourcing';
import { inTransaction, textArray } from '@cartage/postgres';
import type { Sql } from '@cartage/views';
import type { Pool } from 'pg';
import type { OrderCards } from '../app/outbox';
import type { OrderCard } from '../domain/order-card';

const KEEP = `
  insert into order_card (order_id, card, channel) select id, card::json, sold_by from unnest($1::uuid[], $2::text[], $3::text[]) as k (id, card, sold_by)
  order by id on conflict do nothing`;

const TRACK = `
  insert into tracked_shipment (shipment_id, order_id, token) select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (shipment_id, order_id, token)
  order by shipment_id on conflict (shipment_id) do update set token = excluded.token`;

interface Tracked {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly token: string;
}

/** A statement may not touch a row twice: of a shipment whose label was bought again, the last one counts. */
const tracking = (sql: Sql) =>
  sharingRoundTrips(async (all: readonly Tracked[]) => {
    const rows = [...new Map(all.map((each) => [each.shipmentId, each])).values()];
    await sql.query(TRACK, [rows.map(({ shipmentId }) => shipmentId), rows.map(({ orderId }) => orderId), rows.map(({ token }) => token)]);
  });

/** In the tables `order_card` and `tracked_shipment`. Cards are of type `json`, which keeps any text: no name can fail a batch. */
export const orderCardsIn = (pool: Pool): OrderCards => {
  const track = tracking(pool);
  return {
    keep: sharingRoundTrips((cards: readonly OrderCard[]) =>
      pool.query(KEEP, [
        cards.map(({ orderId }) => orderId),
        textArray(cards.map((card) => JSON.stringify(card))),
        cards.map(({ channel }) => channel),
      ]),
    ),
    find: async (orderId) =>
      (await pool.query<{ readonly card: OrderCard }>('select card from order_card where order_id = $1', [orderId])).rows[0]?.card,
    change: (orderId, change) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ readonly card: OrderCard }>('select card from order_card where order_id = $1 for update', [
          orderId,
        ]);
        const [found] = rows;
        if (!found) return;
        await client.query('update order_card set card = $2 where order_id = $1', [orderId, JSON.stringify(change(found.card))]);
      }),
    keepTracking: (shipmentId, orderId, token) => track({ shipmentId, orderId, token }),
  };
};
