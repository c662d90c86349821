import { Away, roundTrips, sharingRoundTrips, type Settled } from '@cartage/eventsourcing';
import { textArray } from '@cartage/postgres';
import type { Sql } from '@cartage/views';
import type { Claimed, Ending, Outbox, PlannedMessage } from '../app/outbox';
import type { Content } from '../domain/content';
import type { MessageKind, Medium } from '../domain/kinds';
import type { OrderCard } from '../domain/order-card';

const PLAN = `
  insert into message (message_id, order_id, kind, medium, content, planned_at, repeats)
  select id, of_order, kind, medium, content::json, planned, repeats
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::uuid[])
    as p (id, of_order, kind, medium, content, planned, repeats)
  order by id
  on conflict do nothing`;

/**
 * Locked one after the other in one order; whoever waited for a row looks at it once more, and passes over what another leads by then. A repeat on request goes by itself.
 */
const CLAIM = `
  with lead as (
    select message_id as id, order_id, kind, medium, repeats is null as gathers from message
    where message_id = any($1) and (status = 'waiting' or (status = 'sending' and leader = message_id and in_hand_until <= $2))
  ), mine as (
    select m.message_id, lead.id from message m
    join lead on m.message_id = lead.id
      or (lead.gathers and m.order_id = lead.order_id and m.kind = lead.kind and m.medium = lead.medium and m.repeats is null)
    where m.status = 'waiting' or (m.status = 'sending' and m.leader = lead.id and m.in_hand_until <= $2)
    order by m.message_id for update of m
  )
  update message m set status = 'sending', leader = mine.id, attempts = attempts + 1, in_hand_until = $3
  from mine where m.message_id = mine.message_id
  returning m.message_id as id, m.leader, m.withdrawn, m.order_id, m.kind, m.medium, m.content, m.attempts, m.planned_at,
    case when m.leader = m.message_id then (select card from order_card o where o.order_id = m.order_id) end as card,
    case when m.leader = m.message_id and m.kind in ('dispatched', 'out-for-delivery', 'delivery-failed', 'delivery-problem')
      then (select json_object_agg(shipment_id, token) from tracked_shipment t where t.order_id = m.order_id) end as tokens`;

const WITHDRAW = `
  update message m set withdrawn = true from unnest($1::uuid[], $2::text[]) as w (of_order, promise)
  where m.order_id = w.of_order and m.content->>'waitsFor' is not null and m.content->>'waitsFor' = w.promise and m.status in ('waiting', 'sending')`;

const IN_HAND = `select message_id as id from message where message_id = any($1) and status = 'sending' and leader = message_id`;

const END = `
  with ended as (
    select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
      as e (leader, status, ended_at, reason, detail, template, template_version, locale, brand, box_key, sender, reference)
  ), mine as (
    select m.message_id from message m join ended using (leader) where m.status = 'sending' order by m.message_id for update of m
  )
  update message m set status = case when m.message_id = e.leader or e.status <> 'sent' then e.status else 'merged' end, ended_at = e.ended_at, reason = e.reason,
    detail = e.detail, template = e.template, template_version = e.template_version, locale = e.locale, brand = e.brand, box_key = e.box_key, sender = e.sender,
    reference = e.reference, in_hand_until = null
  from ended e, mine where m.leader = e.leader and m.message_id = mine.message_id`;

const RELEASE = `update message set status = 'waiting', leader = null, in_hand_until = null where leader = $1 and status = 'sending'`;

interface ClaimedRow {
  readonly id: string;
  readonly leader: string;
  readonly withdrawn: boolean;
  readonly order_id: string;
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly content: Content;
  readonly attempts: number;
  readonly planned_at: Date;
  readonly card: OrderCard | null;
  readonly tokens: Readonly<Record<string, string>> | null;
}

interface Claim {
  readonly messageId: string;
  readonly now: string;
  readonly until: string;
}

const byTime = (a: ClaimedRow, b: ClaimedRow): number => a.planned_at.getTime() - b.planned_at.getTime() || (a.id < b.id ? -1 : 1);

const claimedFrom = (rows: readonly ClaimedRow[], messageId: string): Claimed | undefined => {
  const mine = rows.filter(({ leader }) => leader === messageId).toSorted(byTime);
  const lead = mine.find(({ id }) => id === messageId);
  if (!lead) return undefined;
  const { order_id: orderId, kind, medium, attempts, planned_at, card, tokens } = lead;
  const said = mine.filter(({ withdrawn }) => !withdrawn);
  return {
    ...{ messageId, orderId, kind, medium, attempts, plannedAt: planned_at.toISOString() },
    ...{ contents: said.map(({ content }) => content), withdrawn: said.length === 0 },
    trackingTokens: new Map(Object.entries(tokens ?? {})),
    ...(card ? { card } : {}),
  };
};

const inHand = (messageId: string): Settled<Claimed | undefined> => ({
  ok: false,
  error: new Away(`Message ${messageId} is in somebody’s hand; if he died, it is free in a few minutes.`),
});

const claiming = (sql: Sql) =>
  roundTrips<Claim, Claimed | undefined>(async (claims) => {
    const [ids, [first]] = [claims.map(({ messageId }) => messageId), claims];
    const { rows } = await sql.query<ClaimedRow>(CLAIM, [ids, first?.now, first?.until]);
    const found = new Map(ids.map((id) => [id, claimedFrom(rows, id)]));
    const missing = ids.filter((id) => !found.get(id));
    const held = missing.length === 0 ? [] : (await sql.query<{ readonly id: string }>(IN_HAND, [missing])).rows.map(({ id }) => id);
    return ids.map((id) => (held.includes(id) ? inHand(id) : { ok: true, value: found.get(id) }));
  });

const columnsOf = (messages: readonly PlannedMessage[]): readonly unknown[] => [
  messages.map(({ messageId }) => messageId),
  messages.map(({ orderId }) => orderId),
  messages.map(({ kind }) => kind),
  messages.map(({ medium }) => medium),
  textArray(messages.map(({ content }) => JSON.stringify(content))),
  messages.map(({ plannedAt }) => plannedAt),
  messages.map(({ repeats }) => repeats ?? null),
];

const fieldsOfEnding = ['reason', 'detail', 'template', 'templateVersion', 'locale', 'brand', 'boxKey', 'sender', 'reference'] as const;

const endingColumns = (endings: readonly Ending[]): readonly unknown[] => [
  endings.map(({ messageId }) => messageId),
  endings.map(({ status }) => status),
  endings.map(({ endedAt }) => endedAt),
  ...fieldsOfEnding.map((field) => endings.map((ending) => ending[field] ?? null)),
];

/** In the table `message`. */
export const outboxIn = (sql: Sql): Outbox => {
  const claim = claiming(sql);
  const withdraw = sharingRoundTrips((asked: readonly { readonly orderId: string; readonly waitsFor: string }[]) =>
    sql.query(WITHDRAW, [asked.map(({ orderId }) => orderId), asked.map(({ waitsFor }) => waitsFor)]),
  );
  return {
    plan: sharingRoundTrips((messages: readonly PlannedMessage[]) => sql.query(PLAN, columnsOf(messages))),
    claim: (messageId, now, until) => claim({ messageId, now, until }),
    withdraw: (orderId, waitsFor) => withdraw({ orderId, waitsFor }),
    end: sharingRoundTrips((endings: readonly Ending[]) => sql.query(END, endingColumns(endings))),
    release: async (messageId) => void (await sql.query(RELEASE, [messageId])),
  };
};
