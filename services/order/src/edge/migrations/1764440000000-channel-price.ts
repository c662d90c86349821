import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table channel_price (
  channel text collate "C" not null,
  sku text collate "C" not null,
  unit_price bigint not null,
  currency text not null,
  tax_included boolean not null,
  list text not null,
  as_of timestamptz not null,
  revision bigint not null default 1,
  status text not null default 'waiting' check (status in ('waiting', 'told', 'refused')),
  code text,
  faults jsonb not null default '[]',
  attempts integer not null default 0,
  next_at timestamptz not null,
  told_at timestamptz,
  primary key (channel, sku)
);
create index channel_price_due on channel_price (channel, next_at) where status = 'waiting';
create index channel_price_refused on channel_price (channel, sku) where status = 'refused';
create table channel_price_stand (
  channel text collate "C" primary key,
  stand text not null
);

comment on table channel_price is 'What channels are to ask for each SKU, as price lists have it: the last price is told, once.';
comment on column channel_price.unit_price is 'Of one unit, minor units.';
comment on column channel_price.list is 'The price list that it is of.';
comment on column channel_price.as_of is 'Since when it is so.';
comment on column channel_price.revision is 'Counts what was said; what is said while it is told is told next.';
comment on column channel_price.status is 'waiting: to be told; told; refused: until it changes, or is sent again.';
comment on table channel_price_stand is 'Which price lists the prices of a channel were taken from last.';
comment on column channel_price_stand.stand is 'A digest of these lists and their revisions: another one when a list has changed, begun or ended.';
`;

export class ChannelPrice1764440000000 implements MigrationInterface {
  readonly name = 'ChannelPrice1764440000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
