import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
alter table channel_connection add column fed bigint not null default 0;
create table channel_feed (
  channel text collate "C" not null,
  number bigint not null,
  message_id text collate "C" not null,
  message jsonb not null,
  written_at timestamptz not null,
  primary key (channel, number),
  unique (channel, message_id)
);
create index channel_feed_by_time on channel_feed (written_at);

comment on column channel_connection.fed is 'The number of the newest entry of its feed.';
comment on table channel_feed is 'What channels fetch instead of being told; forgotten after CHANNEL_MESSAGE_DAYS.';
comment on column channel_feed.number is 'Whoever has seen a number of a channel has seen all below it.';
comment on column channel_feed.message_id is 'The same however often it is fetched.';
comment on column channel_feed.message is 'As it would be posted; nothing personal.';
`;

export class ChannelFeed1764370000000 implements MigrationInterface {
  readonly name = 'ChannelFeed1764370000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
