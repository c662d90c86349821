import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table known_item (
  sku text collate "C" primary key,
  status text not null,
  revision integer not null
);
create table known_price_list (
  list text collate "C" primary key,
  currency text not null,
  tax_included boolean not null,
  channel text,
  country text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  revision integer not null
);
create table known_price (
  sku text collate "C" not null,
  list text collate "C" not null references known_price_list (list),
  unit_price bigint not null,
  primary key (sku, list)
);
create index known_price_by_list on known_price (list);
create table parked_placement (
  order_id uuid primary key,
  channel text not null,
  external_order_id text,
  status text not null check (status in ('parked', 'placed', 'dropped')),
  faults jsonb not null,
  attempts integer not null,
  parked_at timestamptz not null,
  box jsonb,
  ended_at timestamptz,
  ended_by text,
  constraint waiting_is_whole check (status <> 'parked' or box is not null)
);
create index parked_placement_waiting on parked_placement (channel, parked_at, order_id) where status = 'parked';

comment on table known_item is 'What this service knows of items, as inventory tells it.';
comment on table known_price_list is 'What this service knows of price lists, as inventory tells it.';
comment on table known_price is 'What a price list asks for one unit of a SKU, minor units.';
comment on table parked_placement is 'Orders that came in otherwise than the catalogue has it, and were kept aside by the channel''s policy.';
comment on column parked_placement.order_id is 'Of the order that it is to be.';
comment on column parked_placement.status is 'parked: waits for a person; placed or dropped: that was the end of it.';
comment on column parked_placement.attempts is 'How often it was sent.';
comment on column parked_placement.box is 'The order as it was sent, sealed; null once it has ended.';
`;

export class Catalogue1764300000100 implements MigrationInterface {
  readonly name = 'Catalogue1764300000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
