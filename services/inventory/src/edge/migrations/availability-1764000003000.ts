import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table channel_availability (
  sku text collate "C" not null,
  channel text collate "C" not null,
  atp integer not null,
  locations jsonb not null,
  changed_at timestamptz not null,
  primary key (sku, channel)
) with (fillfactor = 80);
create index channel_availability_changed on channel_availability (channel, changed_at, sku);

create table availability_place (
  position text collate "C" not null,
  sweep text collate "C",
  lone boolean primary key default true check (lone)
);
insert into availability_place (position) values ('');

comment on table channel_availability is 'What the world was last told that can be promised of each SKU. A moment behind the ledger; decide nothing by it.';
comment on column channel_availability.channel is 'Empty: every channel of which channel_rule says nothing.';
comment on column channel_availability.atp is 'Available to promise over the network.';
comment on column channel_availability.locations is 'Units that can be promised, by location code.';
comment on column channel_availability.changed_at is 'When it was told last, by the clock of the database.';
comment on table availability_place is 'How far the log was followed for channel_availability; one row.';
comment on column availability_place.lone is 'True: there is one row.';
comment on column availability_place.position is 'In the log: everything up to here is told.';
comment on column availability_place.sweep is 'While all SKUs are looked at, because a rule or a location changed: the last one that was. Else null.';
`;

export class Availability1764000003000 implements MigrationInterface {
  readonly name = 'Availability1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
