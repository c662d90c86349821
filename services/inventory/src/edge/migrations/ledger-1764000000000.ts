import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table location (
  code text collate "C" primary key,
  name text not null,
  kind text not null,
  country text not null,
  postal_code text,
  address jsonb,
  latitude double precision not null,
  longitude double precision not null,
  calendar jsonb,
  daily_capacity integer check (daily_capacity >= 0),
  lead_days integer check (lead_days >= 0),
  active boolean not null,
  revision integer not null
);

create table stock (
  sku text collate "C" not null,
  location text collate "C" not null references location (code),
  on_hand integer not null default 0 check (on_hand >= 0),
  allocated integer not null default 0 check (allocated >= 0),
  safety_stock integer not null default 0 check (safety_stock >= 0),
  unavailable integer not null default 0 check (unavailable >= 0),
  revision integer not null default 0,
  primary key (sku, location),
  constraint allocated_is_on_hand check (allocated <= on_hand)
) with (fillfactor = 80);
create index stock_by_location on stock (location, sku);

create table network_stock (
  sku text collate "C" primary key,
  on_hand integer not null default 0 check (on_hand >= 0),
  allocated integer not null default 0 check (allocated >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  safety_stock integer not null default 0 check (safety_stock >= 0),
  constraint claimed_is_on_hand check (reserved + allocated <= on_hand)
) with (fillfactor = 80);

create table stock_movement (
  movement_id bigint generated always as identity,
  sku text collate "C" not null,
  location text collate "C",
  in_network boolean not null,
  delta_on_hand integer not null,
  delta_reserved integer not null,
  delta_allocated integer not null,
  delta_safety_stock integer not null,
  delta_unavailable integer not null,
  atp_after integer not null,
  kind text not null,
  reference text,
  reason text,
  event_id uuid not null,
  at timestamptz not null,
  primary key (sku, movement_id)
);
create index stock_movement_at on stock_movement (sku, location, movement_id);

create table reservation_line (
  arrival bigint generated always as identity,
  order_id uuid not null,
  line_id text not null,
  sku text collate "C" not null,
  wanted bigint not null,
  reserved integer not null check (reserved >= 0),
  allocated integer not null check (allocated >= 0),
  issued integer not null check (issued >= 0),
  waiting bigint not null,
  primary key (order_id, line_id),
  constraint waits_for_what_is_missing check (waiting = greatest(wanted - reserved - allocated - issued, 0)),
  constraint reserves_what_is_wanted check (reserved = 0 or reserved + allocated + issued <= wanted)
) with (fillfactor = 80);
create index reservation_line_claims on reservation_line (sku, arrival) where reserved + allocated > 0;
create index reservation_line_queue on reservation_line (sku, arrival) where waiting > 0;

create table stock_request (
  command_id text primary key,
  fingerprint text,
  position text not null,
  answer jsonb not null,
  done_at timestamptz not null default now()
);
`;

const COMMENTS = `
comment on table location is 'Where stock is kept and shipped from.';
comment on column location.daily_capacity is 'Fulfilments that it can take on one day; null: no limit.';
comment on column location.lead_days is 'Working days of its own that it needs before goods leave; null: none.';
comment on column location.active is 'Whether its stock counts towards what can be promised.';
comment on table stock is 'Units of a SKU at a location. Available there: on_hand - allocated - least(safety_stock, on_hand - allocated).';
comment on column stock.on_hand is 'There, and fit to be sold. Falls when goods leave, not when they are ordered.';
comment on column stock.allocated is 'Claimed by placed orders that this location is to ship.';
comment on column stock.safety_stock is 'Units to hold back, as far as they are there.';
comment on column stock.unavailable is 'There, but not fit to be sold.';
comment on table network_stock is 'Units of a SKU over all active locations. Available to promise: on_hand - allocated - reserved - safety_stock.';
comment on column network_stock.reserved is 'Claimed by placed orders; no location is named yet.';
comment on column network_stock.safety_stock is 'Sum of what the active locations hold back now.';
comment on table stock_movement is 'Every change of stock with its cause. The sums of the deltas are the rows of stock (by location) and of network_stock (where in_network).';
comment on column stock_movement.movement_id is 'Orders the movements of one SKU as they happened.';
comment on column stock_movement.location is 'Null where only the sum over the network moved.';
comment on column stock_movement.atp_after is 'What the network could promise of the SKU afterwards.';
comment on column stock_movement.reference is 'What it was for: an order, a purchase order, a location.';
comment on table reservation_line is 'What orders want of each line, and where it is: reserved on the network, allocated at locations, issued, or waited for.';
comment on column reservation_line.arrival is 'Place in the queue of its SKU: first in, first out.';
comment on column reservation_line.wanted is 'Ordered, as edited, less what was cancelled.';
comment on column reservation_line.waiting is 'Wanted and not there yet.';
comment on table stock_request is 'Requests that changed stock, by their idempotency key, and what they were answered.';
`;

export class Ledger1764000000000 implements MigrationInterface {
  readonly name = 'Ledger1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(COMMENTS);
  }

  /** Forward only: a log cannot be taken back, and these rows are its sums. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
