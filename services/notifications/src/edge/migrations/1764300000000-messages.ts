import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table order_card (order_id uuid primary key, card json not null)`,
  `comment on table order_card is 'What messages about an order need of it: one row for each order.'`,
  `comment on column order_card.order_id is 'The order.'`,
  `comment on column order_card.card is 'Number, channel, locale, currency, lines with their names and totals (minor units), promised day, and the sealed box with whom to tell. Kept as text; cast to jsonb to query it.'`,
  `create table tracked_shipment (shipment_id uuid primary key, order_id uuid not null, token text not null)`,
  `create index tracked_shipment_order on tracked_shipment (order_id)`,
  `comment on table tracked_shipment is 'Where a shipment can be followed.'`,
  `comment on column tracked_shipment.shipment_id is 'The shipment.'`,
  `comment on column tracked_shipment.order_id is 'The order.'`,
  `comment on column tracked_shipment.token is 'Of the public tracking page.'`,
  `create table message (
    message_id uuid primary key,
    order_id uuid not null,
    kind text not null,
    medium text not null,
    content json not null,
    status text not null default 'waiting' check (status in ('waiting', 'sending', 'sent', 'merged', 'failed', 'suppressed')),
    planned_at timestamptz not null,
    repeats uuid,
    leader uuid,
    withdrawn boolean not null default false,
    attempts integer not null default 0,
    in_hand_until timestamptz,
    ended_at timestamptz,
    reason text,
    detail text,
    template text,
    template_version integer,
    locale text,
    brand text,
    box_key text,
    sender text,
    reference text
  ) with (fillfactor = 80)`,
  `create index message_of_order on message (order_id, planned_at, message_id)`,
  `create index message_asks on message (order_id) where status in ('waiting', 'sending') and content->>'waitsFor' is not null`,
  `create index message_failed on message (planned_at, message_id) where status = 'failed'`,
  `comment on table message is 'What customers were told, or were to be told: one row for each event and medium. Never an address, never the words.'`,
  `comment on column message.message_id is 'Follows from the event, the kind and the medium.'`,
  `comment on column message.order_id is 'The order.'`,
  `comment on column message.kind is 'What about, such as order-confirmation.'`,
  `comment on column message.medium is 'email or text.'`,
  `comment on column message.content is 'What the event has to say: lines, parcels, amounts (minor units), dates. Nothing personal.'`,
  `comment on column message.status is 'waiting, sending, sent (handed over), merged (went out as part of another), failed (final), suppressed (was not to be sent).'`,
  `comment on column message.planned_at is 'When the event was heard (UTC).'`,
  `comment on column message.repeats is 'The message that it repeats, on request; empty otherwise.'`,
  `comment on column message.leader is 'The message that it goes out with: itself, or another of its kind about the order.'`,
  `comment on column message.withdrawn is 'What it asks for has been done, or cannot be any more.'`,
  `comment on column message.attempts is 'How often somebody set out to send it.'`,
  `comment on column message.in_hand_until is 'Until then whoever took it has it alone (UTC).'`,
  `comment on column message.ended_at is 'When it was sent, failed or was suppressed (UTC).'`,
  `comment on column message.reason is 'Why it failed or was suppressed: a stable code.'`,
  `comment on column message.detail is 'What the receiver answered, without the address.'`,
  `comment on column message.template is 'The template that it was written by.'`,
  `comment on column message.template_version is 'Its version; 1 is built in.'`,
  `comment on column message.locale is 'The language that it was written in; BCP 47.'`,
  `comment on column message.brand is 'The brand that wrote.'`,
  `comment on column message.box_key is 'Names the data key of whoever it went to.'`,
  `comment on column message.sender is 'The adapter that handed it over.'`,
  `comment on column message.reference is 'The receiver’s own name of it.'`,
  `create table brand (code text collate "C" primary key, name text not null, sender text not null, locale text not null, channels text[] not null)`,
  `comment on table brand is 'Who writes to customers: the name and the sender that they know.'`,
  `comment on column brand.code is 'Chosen by hand; templates name it.'`,
  `comment on column brand.name is 'As customers know it.'`,
  `comment on column brand.sender is 'The sender of its mails.'`,
  `comment on column brand.locale is 'In which its customers are written to who said nothing; BCP 47.'`,
  `comment on column brand.channels is 'Its sales channels.'`,
];

export class Messages1764300000000 implements MigrationInterface {
  readonly name = 'Messages1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
