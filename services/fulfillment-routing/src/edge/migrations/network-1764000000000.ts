import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table location (
  code text collate "C" primary key,
  name text not null,
  kind text not null,
  country text not null,
  postal_code text,
  latitude double precision not null,
  longitude double precision not null,
  daily_capacity integer,
  time_zone text not null,
  calendar jsonb,
  active boolean not null,
  revision integer not null
);
comment on table location is 'Locations as inventory last told of them.';

create table stock_level (
  sku text collate "C" not null,
  location text collate "C" not null,
  revision integer not null,
  on_hand integer not null,
  allocated integer not null,
  safety_stock integer not null,
  available integer not null,
  has_more boolean not null,
  primary key (sku, location)
) with (fillfactor = 80);
comment on table stock_level is 'Stock as inventory last told of it; may be a moment behind. Units; has_more: than was known before it was last told.';

create table location_load (
  location text collate "C" not null,
  day date not null,
  fulfillments integer not null,
  capacity integer,
  wanted integer not null default 0,
  granted integer not null default 0,
  primary key (location, day)
) with (fillfactor = 80);
comment on table location_load is 'Fulfilments that each location was given, or that are being given to it, on each of its days; those that came to nothing left out. What the last claim wanted and was granted stands beside it.';

create table counted_fulfillment (
  fulfillment_id uuid primary key,
  location text collate "C",
  day date,
  standing boolean not null,
  brokered boolean not null,
  claimed_at timestamptz not null default now()
);
create index counted_fulfillment_claimed on counted_fulfillment (claimed_at) where not brokered;
create table stock_wait (
  decision_id uuid not null,
  sku text collate "C" not null,
  order_id uuid not null,
  location text collate "C",
  not_at text[] collate "C" not null,
  units integer not null,
  since timestamptz not null,
  version integer not null,
  primary key (decision_id, sku)
);
create index stock_wait_sku on stock_wait (sku);
create index stock_wait_order on stock_wait (order_id);
comment on table stock_wait is 'What orders wait for that nobody has enough of, by the decision that found so; version of the order at which it was known. What arrives is offered to who waits longest.';

comment on table counted_fulfillment is 'Which fulfilments are counted in location_load, and where, so that each is counted once; not brokered: a decision claimed it and is about to be written.';
`;

/** What the service remembers of what inventory told, and the load that it gave to locations. */
export class Network1764000000000 implements MigrationInterface {
  readonly name = 'Network1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
