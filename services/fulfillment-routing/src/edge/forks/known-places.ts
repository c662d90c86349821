import type { Pool } from 'pg';
import type { KnownPlace } from '../../domain/known-network';
import type { WorkCalendar } from '../../domain/work-days';

interface PlaceRow extends Omit<KnownPlace, 'capacity' | 'times'> {
  readonly capacity: number | null;
  readonly timeZone: string;
  readonly calendar: WorkCalendar | null;
}

const PLACES = `
  select code as location, kind, active, latitude, longitude, daily_capacity as capacity, time_zone as "timeZone", calendar
  from location order by code`;

const placeOf = ({ capacity, timeZone, calendar, ...place }: PlaceRow): KnownPlace => ({
  ...place,
  ...(capacity === null ? {} : { capacity }),
  times: { timeZone, ...(calendar ? { calendar } : {}) },
});

/** All locations, as inventory last told of them. */
export const knownPlaces = (pool: Pool) => async (): Promise<ReadonlyMap<string, KnownPlace>> => {
  const { rows } = await pool.query<PlaceRow>(PLACES);
  return new Map(rows.map((row) => [row.location, placeOf(row)]));
};
