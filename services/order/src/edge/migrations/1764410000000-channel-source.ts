import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table channel_poll (
  channel text collate "C" primary key,
  asked_to timestamptz not null,
  next_at timestamptz not null,
  in_turn boolean not null default false
);
create table channel_feed_message (
  number bigint generated always as identity,
  update_id text collate "C" primary key,
  channel text collate "C" not null,
  feed_type text collate "C" not null,
  message text not null,
  given bigint,
  document_id text collate "C",
  place int,
  begun_at timestamptz,
  feed_id text collate "C",
  answer jsonb
);
create index channel_feed_message_waiting on channel_feed_message (channel, feed_type, number) where feed_id is null and answer is null;
create index channel_feed_message_by_document on channel_feed_message (document_id) where document_id is not null;
create index channel_feed_message_by_feed on channel_feed_message (channel, feed_type, feed_id) where feed_id is not null;

comment on table channel_poll is 'How far channels were asked for their orders that do not tell them by themselves.';
comment on column channel_poll.asked_to is 'All that changed before then was taken.';
comment on column channel_poll.next_at is 'Asked again from then on; while it is asked, the end of the turn of the process that asks.';
comment on column channel_poll.in_turn is 'Some process is asking; whoever dies with the turn leaves it to others at next_at.';
comment on table channel_feed_message is 'What channels take in feeds only, each once, whoever dies between two steps.';
comment on column channel_feed_message.number is 'In this order they go into documents.';
comment on column channel_feed_message.message is 'As it stands in the document; nothing personal.';
comment on column channel_feed_message.given is 'Of a refund: what is given with it, minor units, reckoned once.';
comment on column channel_feed_message.document_id is 'The document that it was written into; of one whose feed is not known, the channel is asked first.';
comment on column channel_feed_message.place is 'Its number in the document.';
comment on column channel_feed_message.begun_at is 'When its document was written.';
comment on column channel_feed_message.feed_id is 'The feed that its document was made.';
comment on column channel_feed_message.answer is 'What the channel found wrong with it; empty: nothing.';
`;

export class ChannelSource1764410000000 implements MigrationInterface {
  readonly name = 'ChannelSource1764410000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
