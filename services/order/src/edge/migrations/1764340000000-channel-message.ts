import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table channel_message (
  channel text collate "C" not null,
  message_id text collate "C" not null,
  topic text not null,
  status text not null check (status in ('taken', 'parked', 'waiting', 'ignored', 'refused')),
  detail text not null,
  code text,
  faults jsonb not null,
  external_order_id text,
  order_id uuid,
  tries integer not null,
  received_at timestamptz not null,
  next_at timestamptz not null default now(),
  box jsonb,
  primary key (channel, message_id),
  constraint refused_is_whole check (status <> 'refused' or box is not null)
);
create index channel_message_by_time on channel_message (channel, received_at, message_id);
create index channel_message_refused on channel_message (channel, received_at, message_id) where status = 'refused';
create index channel_message_answered on channel_message (received_at) where status <> 'refused';
create index channel_message_early on channel_message (channel, external_order_id) where status = 'waiting' and box is not null;
create index channel_message_again on channel_message (next_at) where status = 'waiting' and box is not null;
create table channel_order (
  channel text collate "C" not null,
  external_order_id text collate "C" not null,
  said jsonb,
  turn uuid,
  turn_until timestamptz,
  primary key (channel, external_order_id)
);

comment on table channel_message is 'Messages of connected channels and what became of each; answered ones are forgotten after CHANNEL_MESSAGE_DAYS.';
comment on column channel_message.message_id is 'The channel''s own number of the message.';
comment on column channel_message.status is 'taken: the order is as it says; parked: the order is kept aside at /channels/:channel/parked; waiting: for the channel''s next word, or for what it speaks of; ignored: nothing is to be done; refused: a person mends it.';
comment on column channel_message.faults is 'What is wrong with it, by the channel''s own names.';
comment on column channel_message.tries is 'How often it was looked at.';
comment on column channel_message.next_at is 'When one that was early is looked at again: later with each look, or when whoever has it in hand is taken for dead.';
comment on column channel_message.box is 'What it says, sealed, while somebody may need it.';
comment on table channel_order is 'What connected channels said last of each of their orders.';
comment on column channel_order.said is 'When by the channel''s clock, units by line, whether it is cancelled, and a keyed hash of where it goes; null before anything was followed.';
comment on column channel_order.turn is 'Of the message that is followed now; whoever dies with it leaves it to others at turn_until.';
`;

export class ChannelMessage1764340000000 implements MigrationInterface {
  readonly name = 'ChannelMessage1764340000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
