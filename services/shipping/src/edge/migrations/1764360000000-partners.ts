import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who fulfils for us, what they are told, and what they say. */
export class Partners1764360000000 implements MigrationInterface {
  readonly name = 'Partners1764360000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const TABLES = `
create table partner (
  partner text collate "C" primary key,
  kind text not null,
  adapter text not null,
  endpoint text,
  labels text not null,
  packing_slip jsonb,
  delivered_after_days integer,
  secrets jsonb not null,
  revision integer not null,
  changed_at timestamptz not null
);
create table partner_location (
  location text collate "C" primary key,
  partner text collate "C" not null references partner
);
create index partner_location_by_partner on partner_location (partner);
create table supplier_price (
  supplier text collate "C" not null,
  sku text collate "C" not null,
  currency text not null,
  amount bigint not null,
  as_of timestamptz not null,
  primary key (supplier, sku)
);
create table partner_message (
  message_id uuid primary key,
  partner text collate "C" not null,
  shipment_id uuid not null,
  place bigint generated always as identity,
  content jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'told', 'overdue', 'passed-over', 'refused', 'dropped')),
  detail text not null default '',
  code text,
  faults jsonb not null default '[]',
  attempts integer not null default 0,
  planned_at timestamptz not null,
  next_at timestamptz not null,
  ended_at timestamptz
);
create index partner_message_due on partner_message (partner, next_at, place) where status = 'waiting';
create index partner_message_of_shipment on partner_message (partner, shipment_id, place);
create index partner_message_by_time on partner_message (partner, planned_at, message_id);
create index partner_message_for_people on partner_message (partner, planned_at, message_id) where status in ('refused', 'overdue');
create index partner_message_overdue on partner_message (shipment_id) where status = 'overdue';
create table partner_notice (
  partner text collate "C" not null,
  notice_id text collate "C" not null,
  kind text not null,
  reference uuid,
  status text not null check (status in ('taken', 'parked', 'refused', 'dropped')),
  detail text not null,
  code text,
  faults jsonb not null,
  content jsonb not null,
  tries integer not null,
  received_at timestamptz not null,
  primary key (partner, notice_id)
);
create index partner_notice_by_time on partner_notice (partner, received_at, notice_id);
create index partner_notice_parked on partner_notice (reference) where status = 'parked';

comment on table partner is 'Who fulfils for us: a WMS, a 3PL, a supplier.';
comment on column partner.adapter is 'How it speaks.';
comment on column partner.endpoint is 'Where it is told.';
comment on column partner.labels is 'ours: we buy them; own: its parcels go with a carrier of its own.';
comment on column partner.secrets is 'Sealed; the newest first.';
comment on column partner.packing_slip is 'What stands on packing slips that it prints.';
comment on column partner.delivered_after_days is 'A parcel of which no carrier tells anything is taken to be there after so many days; null: never.';
comment on table supplier_price is 'What suppliers say that one unit costs us, as they said it last.';
comment on column supplier_price.amount is 'Minor units.';
comment on column supplier_price.as_of is 'When it was so, by the supplier’s clock.';
comment on table partner_location is 'Which partner serves which location.';
comment on table partner_message is 'What partners are to be told, and what became of each; of a shipment one after the other, by place.';
comment on column partner_message.content is 'What of the shipment; nothing personal.';
comment on column partner_message.status is 'waiting: to be told; told; overdue: told, and not answered in time; passed-over: there was nothing to tell any more; refused: a person mends its cause or drops it; dropped.';
comment on column partner_message.attempts is 'How often it was taken to tell it.';
comment on column partner_message.next_at is 'When it is taken next: later after a pause, or when whoever has it in hand is taken for dead.';
comment on table partner_notice is 'What partners said, each once by its id, and what became of it.';
comment on column partner_notice.reference is 'The shipment that it speaks of.';
comment on column partner_notice.status is 'taken; parked: its shipment is not known yet; refused: a person mends it or drops it; dropped.';
comment on column partner_notice.content is 'What it says, in our form; nothing personal.';`;
