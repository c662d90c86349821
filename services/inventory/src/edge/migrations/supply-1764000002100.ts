import type { MigrationInterface, QueryRunner } from 'typeorm';

const SUPPLY = `
create table purchase_order (
  purchase_order text collate "C" primary key,
  supplier text,
  status text not null,
  lines jsonb not null,
  revision integer not null,
  changed_at timestamptz not null
);
create index purchase_order_by_supplier on purchase_order (supplier, purchase_order);

create table supply (
  source text not null,
  reference text collate "C" not null,
  line_id text not null,
  sku text collate "C" not null,
  location text collate "C" not null references location (code),
  units integer not null check (units > 0),
  expected_at timestamptz,
  overdue boolean not null,
  primary key (source, reference, line_id)
);
create index supply_of_sku on supply (sku, expected_at);
create index supply_at_location on supply (location, sku);
create index supply_overdue on supply (expected_at, source, reference, line_id) where overdue;

alter table network_stock
  add column supply jsonb,
  add column expected bigint not null default 0,
  add column backordered bigint not null default 0 check (backordered >= 0),
  add column leaning bigint not null default 0 check (leaning >= 0),
  add constraint claims_what_is_expected check (backordered <= expected);

alter table reservation_line
  add column of_kit boolean not null default false,
  add column leans boolean not null default false,
  add column backorder_id uuid,
  add column promised_at timestamptz,
  add column backordered bigint generated always as (case when promised_at is null then 0 else waiting end) stored;
create index reservation_line_backorders on reservation_line (sku) where backordered > 0;

comment on table purchase_order is 'What is ordered from suppliers.';
comment on column purchase_order.status is 'open: something is still to come. received, cancelled: nothing is.';
comment on column purchase_order.lines is 'As ordered, with what came of each line and what will not come.';
comment on table supply is 'What is on order and still to come: one row for each line of a purchase order, or of a transfer that is on its way.';
comment on column supply.expected_at is 'Null: nobody knows when.';
comment on column supply.overdue is 'It should have come by now, so that nobody knows when it will.';
comment on column network_stock.supply is 'What is on order for open locations, by date, as far as the date is known; null: nothing.';
comment on column network_stock.expected is 'Its units.';
comment on column network_stock.backordered is 'Units of it that lines which wait have a claim on.';
comment on column network_stock.leaning is 'Units on shelves that kits which wait for other parts count on.';
comment on column reservation_line.of_kit is 'A part of a kit: it comes with all the others or not at all.';
comment on column reservation_line.leans is 'A part of a kit that has a date: it is there, and others are to come.';
comment on column reservation_line.promised_at is 'When the goods are expected that the line waits for; null: not known.';
comment on column reservation_line.backordered is 'Units that it has a claim on of what is on order: all that it waits for, or none.';
`;

export class Supply1764000002100 implements MigrationInterface {
  readonly name = 'Supply1764000002100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SUPPLY);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
