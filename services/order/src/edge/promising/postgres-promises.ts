import { tableOf, type AnyView, type Sql } from '@cartage/views';
import type { ListRevisions } from '../../app/promising/promise-terms';
import type { PromiseRecords } from '../../app/promising/promise-shelf';
import { promiseCalendars, promisePolicies } from '../../app/views/promise-terms';
import type { PromiseCalendar, PromisePolicy } from '../../domain/promising/policies';
import type { KnownPlace } from '../../domain/promising/promise-book';
import type { Revision } from '../../domain/promising/revising';

/** Rows are only ever added, and places only ever revised: a count and a sum tell whether anything is new. */
const EDITION = `
  select concat_ws(' ', (select count(*) from ${tableOf(promisePolicies)}), (select count(*) from ${tableOf(promiseCalendars)}),
    (select coalesce(sum(revision), 0) from known_place)) as edition`;

const COLUMNS = 'code, revision, terms, changed_by as by, changed_at as "changedAt"';
const POLICIES = `select ${COLUMNS} from ${tableOf(promisePolicies)}`;
const newestOf = (view: AnyView): string => `select distinct on (code) ${COLUMNS} from ${tableOf(view)}`;

const KEEP_PLACE = `
  insert into known_place (location, country, time_zone, calendar, revision, lead_days) values ($1, $2, $3, $4, $5, $6)
  on conflict (location) do update set country = excluded.country, time_zone = excluded.time_zone, calendar = excluded.calendar,
    revision = excluded.revision, lead_days = excluded.lead_days
  where known_place.revision < excluded.revision`;

type Row<Terms> = Omit<Revision<Terms>, 'changedAt'> & { readonly changedAt: Date };
const revisionOf = <Terms>({ changedAt, ...row }: Row<Terms>): Revision<Terms> => ({ ...row, changedAt: changedAt.toISOString() });

interface PlaceRow {
  readonly location: string;
  readonly country: string;
  readonly time_zone: string | null;
  readonly calendar: NonNullable<KnownPlace['calendar']> | null;
  readonly lead_days: number | null;
  readonly revision: number;
}

const placeOf = ({ time_zone: timeZone, calendar, lead_days: leadDays, ...row }: PlaceRow): KnownPlace => ({
  ...row,
  ...(timeZone === null ? {} : { timeZone }),
  ...(calendar === null ? {} : { calendar }),
  ...(leadDays === null ? {} : { leadDays }),
});

export const promiseRecords = (sql: Sql): PromiseRecords => ({
  edition: async () => (await sql.query<{ readonly edition: string }>(EDITION)).rows[0]?.edition ?? '',
  entries: async () => {
    const [policies, calendars, places] = await Promise.all([
      sql.query<Row<PromisePolicy['terms']>>(POLICIES),
      sql.query<Row<PromiseCalendar['terms']>>(`${newestOf(promiseCalendars)} order by code, revision desc`),
      sql.query<PlaceRow>('select location, country, time_zone, calendar, lead_days, revision from known_place'),
    ]);
    return { policies: policies.rows.map(revisionOf), calendars: calendars.rows.map(revisionOf), places: places.rows.map(placeOf) };
  },
});

export const revisionsIn =
  <Terms>(sql: Sql, view: AnyView): ListRevisions<Terms> =>
  async ({ after, limit }) => {
    const text = `${newestOf(view)} where $1::text is null or code > $1 order by code, revision desc limit $2`;
    return (await sql.query<Row<Terms>>(text, [after, limit])).rows.map(revisionOf);
  };

/** Keeps of a location what promises need. */
export const keepingPlaces =
  (sql: Sql) =>
  async ({ location, country, timeZone, calendar, leadDays, revision }: KnownPlace): Promise<void> => {
    await sql.query(KEEP_PLACE, [location, country, timeZone, calendar && JSON.stringify(calendar), revision, leadDays]);
  };
