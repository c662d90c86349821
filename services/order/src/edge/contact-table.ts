import { sharingRoundTrips } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import type { ContactRow, ContactTable } from '../app/contact-index';

const KEEP = `
  insert into customer_contact (hash, order_id, person)
  select * from unnest($1::text[], $2::uuid[], $3::text[]) on conflict do nothing`;

const PEOPLE_WITH = `select distinct person from customer_contact where hash = any ($1::text[])`;
const PEOPLE_AFTER = `select distinct person from customer_contact where person > $1 order by person limit $2`;
const FORGET = `delete from customer_contact where person = any ($1::text[])`;

const peopleIn = ({ rows }: { readonly rows: readonly { readonly person: string }[] }): readonly string[] =>
  rows.map(({ person }) => person);

/** In the table `customer_contact`. Orders that are placed at the same time share one statement. */
export const contactTable = (sql: Sql): ContactTable => {
  const keep = sharingRoundTrips(async (rows: readonly ContactRow[]) => {
    const sorted = rows.toSorted((a, b) => (a.hash + a.orderId < b.hash + b.orderId ? -1 : 1));
    await sql.query(KEEP, [sorted.map(({ hash }) => hash), sorted.map(({ orderId }) => orderId), sorted.map(({ person }) => person)]);
  });
  return {
    keep: async (rows) => void (await Promise.all(rows.map((row) => keep(row)))),
    peopleWith: async (hashes) => peopleIn(await sql.query<{ person: string }>(PEOPLE_WITH, [hashes])),
    peopleAfter: async (person, limit) => peopleIn(await sql.query<{ person: string }>(PEOPLE_AFTER, [person, limit])),
    forget: async (people) => void (await sql.query(FORGET, [people])),
  };
};
