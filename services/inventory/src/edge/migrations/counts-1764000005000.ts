import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table count_sheet (
  count_id uuid primary key,
  location text collate "C" not null references location (code),
  status text not null,
  sheet jsonb not null,
  ended_at timestamptz
);
create index count_sheet_ended on count_sheet (ended_at) where ended_at is not null;
create index count_sheet_by_location on count_sheet (location, count_id);
create index count_sheet_by_status on count_sheet (status, count_id);

create table count_line (
  count_id uuid not null references count_sheet (count_id) on delete cascade,
  bin text collate "C" not null,
  sku text collate "C" not null,
  status text not null,
  line jsonb not null,
  primary key (count_id, bin, sku)
);
create index count_line_by_status on count_line (count_id, status, bin, sku);

create table last_count (
  sku text collate "C" not null,
  location text collate "C" not null references location (code),
  counted_at timestamptz not null,
  primary key (sku, location)
);
create table bin (
  location text collate "C" not null,
  sku text collate "C" not null,
  bin text collate "C",
  assigned_at timestamptz not null,
  primary key (location, sku)
);
create index bin_at_location on bin (location, bin) where bin is not null;
create index last_count_at_location on last_count (location, counted_at, sku);

comment on table count_sheet is 'What is to be counted at a location, or was.';
comment on column count_sheet.status is 'open; closed: every line is booked; expired: its time was over before; cancelled.';
comment on column count_sheet.sheet is 'All that is known of it but the lines, with how many of them stand how.';
comment on column count_sheet.ended_at is 'Null: something of it can still be counted or decided. Forgotten COUNT_DAYS later.';
comment on table bin is 'In which bin a SKU stands at a location, as the warehouse says.';
comment on column bin.bin is 'Null: nowhere in particular.';
comment on table count_line is 'A SKU on a count sheet, and what was counted of it.';
comment on column count_line.bin is 'Where it lies, as the sheet was told; empty: it was not.';
comment on column count_line.status is 'open; recount: it has to be counted again; approval: a person has to say so; booked; missed: the sheet ended before.';
comment on table last_count is 'When a SKU was counted last at a location, and it stood.';
`;

export class Counts1764000005000 implements MigrationInterface {
  readonly name = 'Counts1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
