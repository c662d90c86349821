import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { heldInTables, type Holdings, type PersonNames } from '@cartage/service-kit';
import type { Sql } from '@cartage/views';

interface Given {
  readonly pool: Sql;
  readonly settings: { readonly MAIL_FOLDER: string | undefined };
}

const inTables = (sql: Sql): Holdings =>
  heldInTables(sql, {
    shown: [
      {
        what: 'message',
        sql: `select m.planned_at as at, json_build_object('orderId', m.order_id, 'kind', m.kind, 'medium', m.medium, 'status', m.status,
            'endedAt', m.ended_at, 'locale', m.locale, 'content', m.content) as content
          from person p, message m where m.order_id = any (p.orders)`,
      },
    ],
    forgotten: [
      {
        what: 'links to tracking pages',
        sql: `delete from tracked_shipment t using person p where t.order_id = any (p.orders)`,
      },
    ],
    kept: [
      {
        what: 'that a message of some kind was sent, when, and in which language; never its words or address',
        why: 'By it nobody is told the same thing twice.',
      },
      { what: 'what the customer id does not want to be told', why: 'Who comes back under it is still not written to.' },
    ],
    sentTo: [
      {
        what: 'messages, with name and address or phone number',
        sql: `select distinct m.sender as who from person p, message m
          where m.order_id = any (p.orders) and m.sender is not null and m.sender <> 'file' and m.status in ('sent', 'merged')`,
      },
    ],
  });

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Mails that were written as files are read by whoever has the folder. */
const deleteMails = async ({ pool, settings: { MAIL_FOLDER: folder } }: Given, { orders }: PersonNames): Promise<number> => {
  if (folder === undefined) return 0;
  const { rows } = await pool.query<{ readonly id: string }>('select message_id as id from message where order_id = any ($1::uuid[])', [
    orders,
  ]);
  const files = rows.flatMap(({ id }) => [join(folder, `${id}.eml`), join(folder, `${id}.eml.part`)]);
  const there = await Promise.all(files.map(isThere));
  await Promise.all(files.map((file) => rm(file, { force: true })));
  return there.filter(Boolean).length;
};

/** What the notifications service keeps of people beside its log. */
export const notificationHoldings = (given: Given): Holdings => {
  const tables = inTables(given.pool);
  return {
    show: (person) => tables.show(person),
    forget: async (person) => {
      const mails = await deleteMails(given, person);
      const { forgotten, ...rest } = await tables.forget(person);
      return { ...rest, forgotten: [{ what: 'mails that were written as files', count: mails }, ...forgotten] };
    },
  };
};
