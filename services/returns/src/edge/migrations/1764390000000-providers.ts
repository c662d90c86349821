import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who handles returns for us, what they are told, and what they say. */
export class Providers1764390000000 implements MigrationInterface {
  readonly name = 'Providers1764390000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const TABLES = `
create table provider (
  provider text collate "C" primary key,
  adapter text not null,
  endpoint text,
  secrets jsonb not null,
  revision integer not null,
  changed_at timestamptz not null
);
create table provider_channel (
  channel text collate "C" primary key,
  provider text collate "C" not null references provider
);
create index provider_channel_by_provider on provider_channel (provider);
create table provider_return (
  return_id uuid primary key,
  provider text collate "C" not null,
  reference text collate "C" not null
);
create table provider_message (
  message_id uuid primary key,
  provider text collate "C" not null,
  order_id uuid not null,
  place bigint generated always as identity,
  content jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'told', 'passed-over', 'refused', 'dropped')),
  detail text not null default '',
  code text,
  faults jsonb not null default '[]',
  attempts integer not null default 0,
  planned_at timestamptz not null,
  next_at timestamptz not null,
  ended_at timestamptz
);
create index provider_message_due on provider_message (provider, next_at, place) where status = 'waiting';
create index provider_message_of_order on provider_message (provider, order_id, place) where status = 'waiting';
create index provider_message_by_time on provider_message (provider, planned_at, message_id);
create index provider_message_refused on provider_message (provider, planned_at, message_id) where status = 'refused';
create index provider_message_over on provider_message (ended_at) where status in ('told', 'passed-over', 'dropped');
create table provider_notice (
  provider text collate "C" not null,
  notice_id text collate "C" not null,
  kind text not null,
  reference text collate "C" not null,
  order_id uuid,
  status text not null check (status in ('taken', 'parked', 'refused', 'dropped')),
  detail text not null,
  code text,
  faults jsonb not null,
  content jsonb not null,
  tries integer not null,
  received_at timestamptz not null,
  primary key (provider, notice_id)
);
create index provider_notice_by_time on provider_notice (provider, received_at, notice_id);
create index provider_notice_parked on provider_notice (provider, reference) where status = 'parked';
create index provider_notice_parked_order on provider_notice (provider, order_id) where status = 'parked';
create index provider_notice_over on provider_notice (received_at) where status in ('taken', 'dropped');

comment on table provider is 'Who handles returns for us.';
comment on column provider.adapter is 'How it speaks.';
comment on column provider.endpoint is 'Where it is told.';
comment on column provider.secrets is 'Sealed; the newest first.';
comment on table provider_channel is 'Which provider handles returns of which channel.';
comment on table provider_return is 'Returns that began at a provider: one row for each.';
comment on column provider_return.reference is 'What the provider calls it.';
comment on table provider_message is 'What returns providers are to be told, and what became of each; of an order one after the other, by place. What is over is forgotten after RETURNS_PROVIDER_MESSAGE_DAYS.';
comment on column provider_message.content is 'What of the order: it is composed when it is told.';
comment on column provider_message.status is 'waiting: to be told; told; passed-over: there was nothing to tell; refused: a person mends its cause or drops it; dropped.';
comment on column provider_message.attempts is 'How often it was taken to tell it.';
comment on column provider_message.next_at is 'When it is taken next: later after a pause, or when whoever has it in hand is taken for dead.';
comment on table provider_notice is 'What returns providers said, each once by its id, and what became of it. What is over is forgotten after RETURNS_PROVIDER_MESSAGE_DAYS.';
comment on column provider_notice.reference is 'What the provider calls the return that it speaks of.';
comment on column provider_notice.order_id is 'Of what was asked for.';
comment on column provider_notice.status is 'taken; parked: what it speaks of is not known yet; refused: a person mends it or drops it; dropped.';
comment on column provider_notice.content is 'What it says, in our form; nothing personal.';`;
