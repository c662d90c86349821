import type { Sql } from '@cartage/views';

/** A shipment whose cash its carrier collects. */
export interface CodShipment {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumbers: readonly string[];
}

/** Remembers who has the cash of a shipment, and by which numbers its files will name it; told twice, it is kept once. */
export const rememberingCodParcels =
  (sql: Sql) =>
  async ({ orderId, shipmentId, carrier, trackingNumbers }: CodShipment): Promise<void> => {
    await sql.query(
      `insert into cod_parcel (shipment_id, tracking_number, order_id, carrier)
       select $1, tracking_number, $2, $3 from unnest($4::text[]) as tracking_number on conflict do nothing`,
      [shipmentId, orderId, carrier, trackingNumbers],
    );
  };
