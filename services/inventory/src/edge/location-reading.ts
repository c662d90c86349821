import { MoreThan, type DataSource } from 'typeorm';
import type { LocationReading } from '../app/locations';
import type { Location } from '../domain/location-profile';
import { LocationRow } from './location.entity';

export const locationReading = (db: DataSource): LocationReading => {
  const rows = db.getRepository(LocationRow);
  return {
    find: async (code) => {
      const row = await rows.findOneBy({ code });
      return row ? locationOf(row) : undefined;
    },
    list: async ({ after, limit }) =>
      (await rows.find({ where: after === undefined ? {} : { code: MoreThan(after) }, order: { code: 'asc' }, take: limit })).map(
        locationOf,
      ),
  };
};

/** A row as the domain knows it: what is not said is absent. */
const locationOf = ({ code, name, kind, country, latitude, longitude, active, revision, ...row }: LocationRow): Location => ({
  code,
  name,
  kind,
  country,
  latitude,
  longitude,
  active,
  revision,
  ...(row.postalCode === null ? {} : { postalCode: row.postalCode }),
  ...(row.address === null ? {} : { address: row.address }),
  ...(row.calendar === null ? {} : { calendar: row.calendar }),
  ...(row.dailyCapacity === null ? {} : { dailyCapacity: row.dailyCapacity }),
  ...(row.leadDays === null ? {} : { leadDays: row.leadDays }),
});
