import type { Reason } from '@cartage/contracts';
import { textArray } from '@cartage/postgres';
import type { Sql } from '@cartage/views';
import { changedOrder } from '../app/changed-order';
import type { KnownHold, KnownOrder, OrderChange, OrderOfShipment, OrderRegister } from '../app/registers';
import { sorted, together } from './together';

const learnOrders =
  (sql: Sql) =>
  async (orders: readonly KnownOrder[]): Promise<readonly void[]> => {
    const rows = sorted(orders, ({ orderId }) => orderId);
    await sql.query(
      `insert into known_order (order_id, known) select * from unnest($1::uuid[], $2::text[]::json[]) on conflict do nothing`,
      [rows.map(({ orderId }) => orderId), textArray(rows.map((order) => JSON.stringify(order)))],
    );
    return orders.map(() => undefined);
  };

interface OrderShipment {
  readonly orderId: string;
  readonly shipmentId: string;
}

interface OrderRow {
  readonly order_id: string;
  readonly known: KnownOrder | null;
  readonly reason: Reason | null;
  readonly holds: readonly KnownHold[] | null;
  readonly changes: readonly OrderChange[] | null;
}

/** Written and committed before it looks: `cancel` does the same, so that of two at the same time one sees the other. */
const addToOrders =
  (sql: Sql) =>
  async (added: readonly OrderShipment[]): Promise<readonly OrderOfShipment[]> => {
    const rows = sorted(added, ({ shipmentId }) => shipmentId);
    await sql.query(
      `insert into order_shipment (shipment_id, order_id) select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing`,
      [rows.map(({ shipmentId }) => shipmentId), rows.map(({ orderId }) => orderId)],
    );
    const { rows: orders } = await sql.query<OrderRow>(
      `select order_id, known, reason,
         (select json_agg(hold order by hold_id) from order_hold h where h.order_id = asked.order_id and not released) as holds,
         (select json_agg(change order by event_id) from order_change c where c.order_id = asked.order_id) as changes
       from unnest($1::uuid[]) as asked (order_id)
       left join known_order using (order_id) left join cancelled_order using (order_id)`,
      [[...new Set(added.map(({ orderId }) => orderId))]],
    );
    const found = new Map(orders.map((row) => [row.order_id, row]));
    return added.map(({ orderId }) => {
      const { known, reason, holds, changes } = found.get(orderId) ?? {};
      return {
        ...(known ? { order: changes ? changedOrder(known, changes) : known } : {}),
        ...(reason ? { cancelled: reason } : {}),
        ...(holds ? { holds } : {}),
      };
    });
  };

const findOrders =
  (sql: Sql) =>
  async (wanted: readonly string[]): Promise<readonly (KnownOrder | undefined)[]> => {
    const { rows } = await sql.query<Pick<OrderRow, 'order_id' | 'known' | 'changes'>>(
      `select order_id, known, (select json_agg(change order by event_id) from order_change c where c.order_id = k.order_id) as changes
       from known_order k where order_id = any($1::uuid[])`,
      [[...new Set(wanted)]],
    );
    const found = new Map(rows.map(({ order_id, known, changes }) => [order_id, known && changedOrder(known, changes ?? [])]));
    return wanted.map((orderId) => found.get(orderId) ?? undefined);
  };

/** Written and committed before it looks for shipments, as `addToOrders` does the other way round. */
const writing =
  (sql: Sql) =>
  async (text: string, [orderId, ...values]: readonly [orderId: string, ...values: readonly unknown[]]): Promise<readonly string[]> => {
    await sql.query(text, [orderId, ...values]);
    return shipmentsOf(sql, orderId);
  };

const shipmentsOf = async (sql: Sql, orderId: string): Promise<readonly string[]> => {
  const { rows } = await sql.query<{ shipment_id: string }>(`select shipment_id from order_shipment where order_id = $1`, [orderId]);
  return rows.map(({ shipment_id }) => shipment_id);
};

/** Of one that was released before none hears: they would not be told of the release again. */
const holdOrder = async (sql: Sql, orderId: string, hold: KnownHold): Promise<readonly string[]> => {
  await sql.query(`insert into order_hold (order_id, hold_id, hold, released) values ($1, $2, $3, false) on conflict do nothing`, [
    orderId,
    hold.holdId,
    JSON.stringify(hold),
  ]);
  const { rows } = await sql.query<{ shipment_id: string }>(
    `select shipment_id from order_shipment join order_hold using (order_id) where order_id = $1 and hold_id = $2 and not released`,
    [orderId, hold.holdId],
  );
  return rows.map(({ shipment_id }) => shipment_id);
};

export const orderRegister = (sql: Sql): OrderRegister => {
  const add = together(addToOrders(sql));
  const write = writing(sql);
  return {
    learn: together(learnOrders(sql)),
    find: together(findOrders(sql)),
    shipmentsOf: (orderId) => shipmentsOf(sql, orderId),
    add: (orderId, shipmentId) => add({ orderId, shipmentId }),
    cancel: (orderId, reason) =>
      write(`insert into cancelled_order (order_id, reason) values ($1, $2) on conflict do nothing`, [orderId, JSON.stringify(reason)]),
    hold: (orderId, hold) => holdOrder(sql, orderId, hold),
    release: (orderId, holdId) =>
      write(
        `insert into order_hold (order_id, hold_id, released) values ($1, $2, true) on conflict (order_id, hold_id) do update set released = true`,
        [orderId, holdId],
      ),
    change: (change) =>
      write(`insert into order_change (order_id, event_id, change) values ($1, $2, $3) on conflict do nothing`, [
        change.orderId,
        change.eventId,
        JSON.stringify(change),
      ]),
  };
};
