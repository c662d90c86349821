import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
alter table channel_stock add column in_hand jsonb, add column told jsonb;
create index channel_stock_of_sku on channel_stock (sku);
create table channel_stock_report (
  channel text collate "C" not null,
  sku text collate "C" not null,
  location text collate "C" not null,
  quantity bigint not null,
  published integer not null,
  acknowledged integer,
  cause text,
  as_of timestamptz not null,
  since timestamptz,
  primary key (channel, sku, location)
);
create index channel_stock_report_differing on channel_stock_report (sku, channel) where cause is not null;
create index channel_stock_report_by_time on channel_stock_report (as_of);

comment on column channel_stock.in_hand is 'What the channel is being told.';
comment on column channel_stock.told is 'What the channel took last: network and locations, as they were published; null before it took any.';
comment on table channel_stock_report is 'What channels said last that they offer; forgotten after CHANNEL_MESSAGE_DAYS.';
comment on column channel_stock_report.location is 'Our code; empty: over the network.';
comment on column channel_stock_report.quantity is 'Units, as the channel says.';
comment on column channel_stock_report.published is 'Units that it was to offer when that was said.';
comment on column channel_stock_report.acknowledged is 'Units that it had taken last when that was said; null: it never took any.';
comment on column channel_stock_report.cause is 'Why it offers another number, likely; null: it does not.';
comment on column channel_stock_report.since is 'Since when it offers another number.';
`;

export class ChannelStockReport1764460000000 implements MigrationInterface {
  readonly name = 'ChannelStockReport1764460000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
