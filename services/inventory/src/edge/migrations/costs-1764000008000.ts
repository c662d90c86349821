import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table stock_cost (
  sku text collate "C" not null,
  location text collate "C" not null,
  transfer_id text collate "C" not null,
  units integer not null check (units >= 0),
  unvalued integer not null check (unvalued >= 0 and unvalued <= units),
  amounts jsonb not null,
  primary key (sku, location, transfer_id)
) with (fillfactor = 80);
create index stock_cost_by_location on stock_cost (location, sku);

create table stock_cost_basis (
  sku text collate "C" primary key,
  units integer not null,
  amounts jsonb not null
) with (fillfactor = 80);

create table stock_cost_entry (
  entry_id bigint generated always as identity primary key,
  sku text collate "C" not null,
  location text collate "C" not null,
  transfer_id text collate "C" not null,
  event_id uuid not null,
  kind text not null,
  cause text,
  units integer not null,
  unvalued integer not null,
  amounts jsonb not null,
  at timestamptz not null
);
create index stock_cost_entry_of on stock_cost_entry (sku, location, at);
create index stock_cost_entry_by_location on stock_cost_entry (location, at);
create index stock_cost_entry_at on stock_cost_entry (at);

create table stock_cost_place (
  position text collate "C" not null,
  lone boolean primary key default true check (lone)
);
insert into stock_cost_place (position) values ('');

comment on table stock_cost is 'What the units of a SKU that lie together cost, all together: by location, and by transfer while they are on the way. A moment behind the ledger; decide nothing by it.';
comment on column stock_cost.location is 'Empty: on the way.';
comment on column stock_cost.transfer_id is 'Empty: at a location.';
comment on column stock_cost.units is 'There, fit to be sold or not.';
comment on column stock_cost.unvalued is 'Units among them of which nobody said what they cost.';
comment on column stock_cost.amounts is 'By currency, in minor units; two currencies are never added.';
comment on table stock_cost_basis is 'What units of a SKU are taken to cost that come without a cost where none are: what others cost when it was said last.';
comment on column stock_cost_basis.units is 'So many units cost the amounts, together.';
comment on column stock_cost_basis.amounts is 'By currency, in minor units.';
comment on table stock_cost_entry is 'What each fact did to the value of stock. The sums are the rows of stock_cost, also as of any time.';
comment on column stock_cost_entry.entry_id is 'Orders the entries as the log has their facts.';
comment on column stock_cost_entry.location is 'Empty: on the way.';
comment on column stock_cost_entry.transfer_id is 'Empty: at a location.';
comment on column stock_cost_entry.event_id is 'The fact. It has several entries where it moved several SKUs, or from one place to another.';
comment on column stock_cost_entry.kind is 'received, sold, returned, adjusted, disposed, transferred, lost (on the way), revalued (its cost was stated).';
comment on column stock_cost_entry.cause is 'Of adjusted, disposed and lost: why.';
comment on column stock_cost_entry.units is 'Below zero: they left.';
comment on column stock_cost_entry.unvalued is 'Of them, or of those that were there, units without a cost.';
comment on column stock_cost_entry.amounts is 'By currency, in minor units; below zero: value that left.';
comment on column stock_cost_entry.at is 'When the fact came to stand in the log.';
comment on table stock_cost_place is 'How far the log was followed for stock_cost; one row.';
comment on column stock_cost_place.lone is 'True: there is one row.';
comment on column stock_cost_place.position is 'In the log: everything up to here is booked.';
`;

export class Costs1764000008000 implements MigrationInterface {
  readonly name = 'Costs1764000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
