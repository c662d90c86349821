import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table channel_difference (
  difference_id uuid primary key,
  channel text collate "C" not null,
  external_order_id text collate "C" not null,
  order_id uuid,
  kind text not null,
  here bigint not null,
  there bigint not null,
  lines jsonb not null,
  cause text not null,
  detail text not null,
  status text not null default 'open' check (status in ('open', 'gone', 'closed')),
  since timestamptz not null,
  seen_at timestamptz not null,
  action text,
  reason text,
  by text,
  ended_at timestamptz
);
create index channel_difference_by_time on channel_difference (channel, since, difference_id);
create index channel_difference_open on channel_difference (channel, since, difference_id) where status = 'open';
create index channel_difference_of_order on channel_difference (channel, external_order_id);
create index channel_difference_ended on channel_difference (ended_at) where ended_at is not null;

comment on table channel_difference is 'What channels say otherwise of orders than is known here; those that ended are forgotten after CHANNEL_MESSAGE_DAYS.';
comment on column channel_difference.kind is 'missing-here, unknown-there, cancelled-there, cancelled-here, shipped-here, shipped-there, quantity or refunded.';
comment on column channel_difference.here is 'Units, or of refunded minor units, as they are here.';
comment on column channel_difference.there is 'As the channel says.';
comment on column channel_difference.lines is 'By line: its number at the channel, units here and there.';
comment on column channel_difference.cause is 'update-waiting, update-refused, message-refused or unexplained.';
comment on column channel_difference.detail is 'The update or message that is the cause, for people.';
comment on column channel_difference.status is 'open; gone: both agreed when they were compared last; closed: a person lets it stand.';
comment on column channel_difference.since is 'When it was found first.';
comment on column channel_difference.action is 'What somebody has done about it last: tell-again, take-theirs or close.';
`;

export class ChannelDifference1764420000000 implements MigrationInterface {
  readonly name = 'ChannelDifference1764420000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
