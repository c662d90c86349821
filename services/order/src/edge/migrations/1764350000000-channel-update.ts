import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table channel_connection (
  channel text collate "C" primary key,
  since timestamptz not null
);
create table channel_update (
  update_id uuid primary key,
  channel text collate "C" not null,
  external_order_id text collate "C" not null,
  order_id uuid not null,
  place bigint generated always as identity,
  content jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'told', 'passed-over', 'refused', 'dropped')),
  detail text not null default '',
  code text,
  faults jsonb not null default '[]',
  attempts integer not null default 0,
  planned_at timestamptz not null,
  next_at timestamptz not null,
  ended_at timestamptz
);
create index channel_update_due on channel_update (channel, next_at, place) where status = 'waiting';
create index channel_update_of_order on channel_update (channel, external_order_id, place);
create index channel_update_by_time on channel_update (channel, planned_at, update_id);
create index channel_update_ended on channel_update (ended_at) where ended_at is not null;
create index channel_update_refused on channel_update (channel, planned_at, update_id) where status = 'refused';
create table channel_stock (
  channel text collate "C" not null,
  sku text collate "C" not null,
  network integer not null,
  locations jsonb not null,
  is_named boolean not null,
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
create index channel_stock_due on channel_stock (channel, next_at) where status = 'waiting';
create index channel_stock_refused on channel_stock (channel, sku) where status = 'refused';

comment on table channel_connection is 'Channels that are told what becomes of their orders.';
comment on column channel_connection.since is 'Nothing is told of what happened before.';
comment on table channel_update is 'What channels are to be told of their orders, and what became of each; forgotten after CHANNEL_MESSAGE_DAYS, but for what later ones are reckoned from.';
comment on column channel_update.place is 'Of one order they are told in this order.';
comment on column channel_update.content is 'What happened; nothing personal.';
comment on column channel_update.status is 'waiting: to be told; told; passed-over: the channel has no word for it; refused: a person mends it or drops it; dropped.';
comment on column channel_update.faults is 'What the channel says is wrong, by its own names.';
comment on column channel_update.attempts is 'How often it was taken to tell it.';
comment on column channel_update.next_at is 'When it is taken next: later after a pause, or when whoever has it in hand is taken for dead.';
comment on table channel_stock is 'What channels may sell of each SKU: the last value is told, once.';
comment on column channel_stock.network is 'Units that can be promised over the network.';
comment on column channel_stock.locations is 'Likewise by location code.';
comment on column channel_stock.is_named is 'Whether inventory says it of this channel, and not of every channel.';
comment on column channel_stock.revision is 'Counts what was said; what is said while it is told is told next.';
comment on column channel_stock.status is 'waiting: to be told; told; refused: until it changes, or is sent again.';
`;

export class ChannelUpdate1764350000000 implements MigrationInterface {
  readonly name = 'ChannelUpdate1764350000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
