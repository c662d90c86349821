import { createHash } from 'node:crypto';
import type { Sql } from '@cartage/views';
import type { Delivery, DeliveryRegister } from '../app/registers';
import type { Received } from '../app/tracking';
import { sorted, together } from './together';

const FIND = `
  select asked.nth::integer as nth, kept.answer
  from unnest($1::text[], $2::bytea[], $3::timestamptz[]) with ordinality as asked (carrier, digest, since, nth)
  join carrier_delivery kept on kept.carrier = asked.carrier and kept.digest = asked.digest and kept.received_at >= asked.since`;
const KEEP = `
  insert into carrier_delivery (carrier, digest, answer, received_at)
  select carrier, digest, answer::jsonb, received_at
  from unnest($1::text[], $2::bytea[], $3::text[], $4::timestamptz[]) as told (carrier, digest, answer, received_at)
  on conflict do nothing`;
const FORGET = `
  delete from carrier_delivery where (carrier, digest) in (
    select carrier, digest from carrier_delivery where received_at < $1 order by received_at limit $2 for update skip locked)`;

interface Signed {
  readonly carrier: string;
  readonly digest: Buffer;
}

const signed = ({ carrier, rawBody }: Delivery): Signed => ({ carrier, digest: createHash('sha256').update(rawBody).digest() });

const keyOf = ({ carrier, digest }: Signed): string => `${digest.toString('hex')} ${carrier}`;

const columnsOf = (all: readonly Signed[]) => [all.map(({ carrier }) => carrier), all.map(({ digest }) => digest)];

const findAnswers =
  (sql: Sql) =>
  async (asked: readonly (Signed & { readonly since: Date })[]): Promise<readonly (Received | undefined)[]> => {
    const { rows } = await sql.query<{ readonly nth: number; readonly answer: Received }>(FIND, [
      ...columnsOf(asked),
      asked.map(({ since }) => since),
    ]);
    const found = new Map(rows.map(({ nth, answer }) => [nth, answer]));
    return asked.map((_, i) => found.get(i + 1));
  };

const keepAnswers =
  (sql: Sql) =>
  async (told: readonly (Signed & { readonly answer: Received; readonly at: Date })[]): Promise<readonly void[]> => {
    const rows = sorted(told, keyOf);
    await sql.query(KEEP, [...columnsOf(rows), rows.map(({ answer }) => JSON.stringify(answer)), rows.map(({ at }) => at)]);
    return told.map(() => undefined);
  };

/** Each webhook asks once and tells once: those that come at the same time share a round trip, and a commit. */
export const deliveryRegister = (sql: Sql): DeliveryRegister => {
  const find = together(findAnswers(sql));
  const keep = together(keepAnswers(sql));
  return {
    answerTo: (delivery, since) => find({ ...signed(delivery), since }),
    remember: (delivery, answer, at) => keep({ ...signed(delivery), answer, at }),
    forget: async (before, limit) => (await sql.query(FORGET, [before, limit])).rowCount ?? 0,
  };
};
