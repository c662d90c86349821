import type { Pool } from 'pg';
import type { LocationReading } from '../app/locations';
import type { Address, Calendar, Location } from '../domain/location-profile';

interface LocationRow {
  readonly code: string;
  readonly name: string;
  readonly kind: Location['kind'];
  readonly country: string;
  readonly postalCode: string | null;
  readonly address: Address | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly calendar: Calendar | null;
  readonly dailyCapacity: number | null;
  readonly leadDays: number | null;
  readonly active: boolean;
  readonly revision: number;
}

const SELECT = `
  select code, name, kind, country, postal_code as "postalCode", address, latitude, longitude, calendar, daily_capacity as "dailyCapacity",
    lead_days as "leadDays", active, revision
  from location`;
const FIND = `${SELECT} where code = $1`;
const LIST = `${SELECT} where $1::text is null or code > $1 order by code limit $2`;

export const locationReading = (pool: Pool): LocationReading => ({
  find: async (code) => (await pool.query<LocationRow>(FIND, [code])).rows.map(locationOf)[0],
  list: async ({ after, limit }) => (await pool.query<LocationRow>(LIST, [after, limit])).rows.map(locationOf),
});

/** A row as the domain knows it: what is not said is absent. */
const locationOf = ({ postalCode, address, calendar, dailyCapacity, leadDays, ...row }: LocationRow): Location => ({
  ...row,
  ...(postalCode === null ? {} : { postalCode }),
  ...(address === null ? {} : { address }),
  ...(calendar === null ? {} : { calendar }),
  ...(dailyCapacity === null ? {} : { dailyCapacity }),
  ...(leadDays === null ? {} : { leadDays }),
});
