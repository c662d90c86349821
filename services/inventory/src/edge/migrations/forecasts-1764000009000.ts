import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
alter table reorder_point add column learned jsonb;
comment on column reorder_point.learned is 'By what the numbers are learned; null: those that were said hold.';

create table demand_forecast (
  sku text collate "C" not null,
  location text collate "C" not null,
  made_at timestamptz not null,
  reorder_point integer,
  order_up_to integer,
  said jsonb not null,
  primary key (sku, location),
  foreign key (sku, location) references reorder_point (sku, location) on delete cascade,
  constraint orders_some check (order_up_to > reorder_point)
);
comment on table demand_forecast is 'What is expected to be asked for where a reorder point is learned, and from where on more should be ordered by that; of the last night.';
comment on column demand_forecast.reorder_point is 'That is proposed; null: too little is known.';
comment on column demand_forecast.order_up_to is 'That is proposed.';
comment on column demand_forecast.said is 'Method, error, interval, lead time and terms that it follows from.';

alter table purchase_order add column ordered_at timestamptz, add column received_at timestamptz;
update purchase_order set ordered_at = changed_at;
alter table purchase_order alter column ordered_at set not null;
create index purchase_order_received on purchase_order (supplier, received_at) where received_at is not null;
comment on column purchase_order.ordered_at is 'When it was made here.';
comment on column purchase_order.received_at is 'When the last of it came; null: something is to come, or nothing came.';
`;

export class Forecasts1764000009000 implements MigrationInterface {
  readonly name = 'Forecasts1764000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
