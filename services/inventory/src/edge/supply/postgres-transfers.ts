import type { Pool, PoolClient } from 'pg';
import type { TransferReading, TransfersQuery } from '../../app/supply/transfers';
import type { Transfer } from '../../domain/supply/transfer';

const WRITE_TRANSFER = `
  insert into transfer (transfer_id, status, from_location, to_location, transfer) values ($1, $2, $3, $4, $5)
  on conflict (transfer_id) do update set status = excluded.status, transfer = excluded.transfer`;

export const writeTransfer = async (client: PoolClient, transfer: Transfer): Promise<void> => {
  const { transferId, status, from, to } = transfer;
  await client.query(WRITE_TRANSFER, [transferId, status, from, to, JSON.stringify(transfer)]);
};

/** All that are given apply. */
const TRANSFERS = `
  select transfer from transfer
  where ($1::text is null or status = $1) and ($2::text is null or from_location = $2 or to_location = $2)
    and ($3::uuid is null or transfer_id > $3)
  order by transfer_id limit $4`;

export const transferReading = (pool: Pool): TransferReading => ({
  find: async (transferId) => {
    const { rows } = await pool.query<{ transfer: Transfer }>('select transfer from transfer where transfer_id = $1', [transferId]);
    return rows[0]?.transfer;
  },
  kindOf: async (location) =>
    (await pool.query<{ readonly kind: string }>('select kind from location where code = $1', [location])).rows[0]?.kind,
  list: async ({ status, location, after, limit }: TransfersQuery) => {
    const { rows } = await pool.query<{ transfer: Transfer }>(TRANSFERS, [status, location, after, limit]);
    return rows.map(({ transfer }) => transfer);
  },
});
