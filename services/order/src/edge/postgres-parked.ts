import type { Sealed } from '@cartage/contracts';
import type { Pool } from 'pg';
import type { Parked, ParkedStore } from '../app/parked';

const COLUMNS = `order_id as "orderId", channel, external_order_id as "externalOrderId", status, faults, attempts, parked_at as "parkedAt", box`;

const KEEP = `
  insert into parked_placement (order_id, channel, external_order_id, status, faults, attempts, parked_at, box)
  values ($1, $2, $3, 'parked', $4, 1, $5, $6)
  on conflict (order_id) do update set status = 'parked', faults = excluded.faults, box = excluded.box,
    attempts = parked_placement.attempts + 1, ended_at = null, ended_by = null,
    parked_at = case when parked_placement.status = 'parked' then parked_placement.parked_at else excluded.parked_at end`;

const waitingOf = (channel: 'channel = $4' | 'true'): string => `
  select ${COLUMNS} from parked_placement
  where ${channel} and status = 'parked' and ($1::timestamptz is null or (parked_at, order_id) > ($1, $2::uuid))
  order by parked_at, order_id limit $3`;
const LIST = waitingOf('channel = $4');
const LIST_ALL = waitingOf('true');

const END = `
  update parked_placement set status = $2, box = null, ended_by = $3, ended_at = $4 where order_id = $1 and status = 'parked'`;

interface Row extends Omit<Parked, 'parkedAt'> {
  readonly parkedAt: Date;
  readonly box: Sealed | null;
}

const parkedIn = ({ box: _, parkedAt, ...row }: Row): Parked => ({ ...row, parkedAt: parkedAt.toISOString() });

export const postgresParked = (pool: Pool): ParkedStore => ({
  keep: async ({ orderId, channel, externalOrderId, faults, parkedAt }, box) => {
    await pool.query(KEEP, [orderId, channel, externalOrderId, JSON.stringify(faults), parkedAt, JSON.stringify(box)]);
  },
  find: async (channel, orderId) => {
    const { rows } = await pool.query<Row>(`select ${COLUMNS} from parked_placement where channel = $1 and order_id = $2`, [
      channel,
      orderId,
    ]);
    return rows[0] && { parked: parkedIn(rows[0]), box: rows[0].box ?? undefined };
  },
  list: async ({ channel, after, limit }) => {
    const page = [after?.parkedAt, after?.orderId, limit];
    const { rows } = channel === undefined ? await pool.query<Row>(LIST_ALL, page) : await pool.query<Row>(LIST, [...page, channel]);
    return rows.map(parkedIn);
  },
  end: async (orderId, as, { actor, at }) => {
    await pool.query(END, [orderId, as, actor, at]);
  },
});
