import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table channel_rule (
  channel text collate "C" primary key,
  locations text[],
  safety_stock integer not null default 0 check (safety_stock >= 0)
);

create table channel_hold_back (
  channel text collate "C" not null references channel_rule (channel),
  sku text collate "C" not null,
  location text collate "C" not null,
  safety_stock integer not null check (safety_stock >= 0),
  primary key (sku, channel, location)
);
create index channel_hold_back_by_channel on channel_hold_back (channel, sku, location);

alter table reservation_line add column channel text collate "C";
alter table cart_claim add column channel text collate "C";
create index reservation_line_channel_queue on reservation_line (channel, sku) where waiting > 0;

comment on table channel_rule is 'What sales channels may sell; a channel that is not here may sell all.';
comment on column channel_rule.locations is 'The locations that sell for it; null: all.';
comment on column channel_rule.safety_stock is 'Units of each SKU that are held back from it, where nothing is said of the SKU.';
comment on table channel_hold_back is 'How much of a SKU is held back from a channel.';
comment on column channel_hold_back.location is 'Held back at this location, as far as it is there; empty: over the network.';
comment on column reservation_line.channel is 'Where the order was sold, if that is known.';
comment on column cart_claim.channel is 'Where the cart is filled, if that is known.';
`;

export class Channels1764000002000 implements MigrationInterface {
  readonly name = 'Channels1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
