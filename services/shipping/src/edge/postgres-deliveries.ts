import { createHash } from 'node:crypto';
import type { Sql } from '@cartage/views';
import type { Delivery, DeliveryRegister } from '../app/registers';
import type { Received } from '../app/tracking';

const FIND = `select answer from carrier_delivery where carrier = $1 and digest = $2 and received_at >= $3`;
const KEEP = `insert into carrier_delivery (carrier, digest, answer, received_at) values ($1, $2, $3, $4) on conflict do nothing`;
const FORGET = `
  delete from carrier_delivery where (carrier, digest) in (
    select carrier, digest from carrier_delivery where received_at < $1 order by received_at limit $2 for update skip locked)`;

const digestOf = ({ rawBody }: Delivery): Buffer => createHash('sha256').update(rawBody).digest();

export const deliveryRegister = (sql: Sql): DeliveryRegister => ({
  answerTo: async (delivery, since) => {
    const { rows } = await sql.query<{ readonly answer: Received }>(FIND, [delivery.carrier, digestOf(delivery), since]);
    return rows[0]?.answer;
  },
  remember: async (delivery, answer, at) => {
    await sql.query(KEEP, [delivery.carrier, digestOf(delivery), JSON.stringify(answer), at]);
  },
  forget: async (before, limit) => (await sql.query(FORGET, [before, limit])).rowCount ?? 0,
});
