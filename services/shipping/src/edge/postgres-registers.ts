import type { Sql } from '@cartage/views';
import type { Origin } from '../app/carrier';
import type { LocationRegister, Registers, TrackingNumber, TrackingRegister } from '../app/registers';
import { deliveryRegister } from './postgres-deliveries';
import { orderRegister } from './postgres-orders';
import { itemRegister } from './postgres-items';
import { scanParking } from './postgres-parked-scans';
import { sorted, together } from './together';

const keyOf = ({ carrier, trackingNumber }: TrackingNumber): string => JSON.stringify([carrier, trackingNumber]);

const carriersOf = (numbers: readonly TrackingNumber[]) => numbers.map(({ carrier }) => carrier);
const numbersOf = (numbers: readonly TrackingNumber[]) => numbers.map(({ trackingNumber }) => trackingNumber);

type Known = TrackingNumber & { readonly shipmentId: string };

const addNumbers =
  (sql: Sql) =>
  async (added: readonly Known[]): Promise<readonly void[]> => {
    const rows = sorted(added, keyOf);
    await sql.query(
      `insert into tracking_number (carrier, tracking_number, shipment_id)
       select * from unnest($1::text[], $2::text[], $3::uuid[]) on conflict do nothing`,
      [carriersOf(rows), numbersOf(rows), rows.map(({ shipmentId }) => shipmentId)],
    );
    return added.map(() => undefined);
  };

const findNumbers =
  (sql: Sql) =>
  async (wanted: readonly TrackingNumber[]): Promise<readonly (string | undefined)[]> => {
    const { rows } = await sql.query<{ carrier: string; tracking_number: string; shipment_id: string }>(
      `select carrier, tracking_number, shipment_id from tracking_number
       where (carrier, tracking_number) in (select * from unnest($1::text[], $2::text[]))`,
      [carriersOf(wanted), numbersOf(wanted)],
    );
    const found = new Map(rows.map((row) => [keyOf({ carrier: row.carrier, trackingNumber: row.tracking_number }), row.shipment_id]));
    return wanted.map((number) => found.get(keyOf(number)));
  };

const trackingRegister = (sql: Sql): TrackingRegister => ({
  add: together(addNumbers(sql)),
  find: together(findNumbers(sql)),
});

interface LocationRow {
  readonly location: string;
  readonly name: string;
  readonly country: string;
  readonly postal_code: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly time_zone: string | null;
}

const originOf = ({ postal_code, time_zone, ...row }: LocationRow): Origin => ({
  ...row,
  ...(postal_code === null ? {} : { postalCode: postal_code }),
  ...(time_zone === null ? {} : { timeZone: time_zone }),
});

const findLocations =
  (sql: Sql) =>
  async (codes: readonly string[]): Promise<readonly (Origin | undefined)[]> => {
    const { rows } = await sql.query<LocationRow>(
      `select location, name, country, postal_code, latitude, longitude, time_zone from location where location = any($1::text[])`,
      [codes],
    );
    const found = new Map(rows.map((row) => [row.location, originOf(row)]));
    return codes.map((code) => found.get(code));
  };

const locationRegister = (sql: Sql): LocationRegister => ({
  find: together(findLocations(sql)),
  record: async ({ location, name, country, postalCode, latitude, longitude, timeZone }, revision) => {
    await sql.query(
      `insert into location (location, name, country, postal_code, latitude, longitude, time_zone, revision) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (location) do update set name = excluded.name, country = excluded.country, postal_code = excluded.postal_code,
         latitude = excluded.latitude, longitude = excluded.longitude, time_zone = excluded.time_zone, revision = excluded.revision
       where location.revision < excluded.revision`,
      [location, name, country, postalCode ?? null, latitude, longitude, timeZone ?? null, revision],
    );
  },
});

export const postgresRegisters = (sql: Sql): Registers => ({
  orders: orderRegister(sql),
  tracking: trackingRegister(sql),
  parking: scanParking(sql),
  locations: locationRegister(sql),
  items: itemRegister(sql),
  deliveries: deliveryRegister(sql),
});
