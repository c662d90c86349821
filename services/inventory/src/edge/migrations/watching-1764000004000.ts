import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table reorder_point (
  sku text collate "C" not null,
  location text collate "C" not null references location (code),
  reorder_point integer not null check (reorder_point >= 0),
  order_up_to integer not null,
  primary key (sku, location),
  constraint orders_some check (order_up_to > reorder_point)
);

create table alert_threshold (
  sku text collate "C" not null,
  channel text collate "C" not null,
  atp_below integer not null,
  primary key (sku, channel)
);

create table stock_alert (
  alert_id uuid primary key,
  kind text not null,
  sku text collate "C" not null,
  channel text collate "C" not null,
  location text collate "C" not null,
  value integer not null,
  threshold integer not null,
  raised_at timestamptz not null,
  ended_at timestamptz
);
create unique index stock_alert_stands_once on stock_alert (sku, kind, channel, location) where ended_at is null;
create index stock_alert_raised on stock_alert (raised_at, alert_id);
create index stock_alert_of_sku on stock_alert (sku, raised_at);
create index stock_alert_ended on stock_alert (ended_at) where ended_at is not null;

comment on table reorder_point is 'From where on more of a SKU is to be ordered for a location.';
comment on column reorder_point.reorder_point is 'Units there (on hand, less allocated) with what is on order; at so many or fewer, more is ordered.';
comment on column reorder_point.order_up_to is 'Units that should be there with what is on order.';
comment on table alert_threshold is 'Fewer units than these that can be promised raise an alert.';
comment on column alert_threshold.channel is 'Empty: over the network.';
comment on column alert_threshold.atp_below is 'Units that are enough.';
comment on table stock_alert is 'What a person should look at: raised once, until it ends by itself.';
comment on column stock_alert.kind is 'low, negative, reorder, drift.';
comment on column stock_alert.channel is 'Empty: none in particular.';
comment on column stock_alert.location is 'Empty: the network.';
comment on column stock_alert.value is 'When it was raised: units that can be promised; of reorder those there and on order; of drift by how many the other system differs.';
comment on column stock_alert.threshold is 'Units that would have been enough.';
comment on column stock_alert.ended_at is 'Null: it stands.';
`;

export class Watching1764000004000 implements MigrationInterface {
  readonly name = 'Watching1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
