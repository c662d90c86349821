import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table stock_statement (
  statement_id uuid primary key,
  source text collate "C" not null,
  location text collate "C" not null,
  channel text collate "C" not null,
  as_of timestamptz not null,
  whole boolean not null,
  lines integer not null default 0,
  differences integer not null default 0,
  units bigint not null default 0,
  given_at timestamptz,
  compared_at timestamptz
);
create index stock_statement_of_place on stock_statement (source, location, channel, as_of);
create index stock_statement_as_of on stock_statement (as_of, statement_id);

create table stock_statement_line (
  statement_id uuid not null references stock_statement (statement_id) on delete cascade,
  sku text collate "C" not null,
  quantity integer not null,
  primary key (statement_id, sku)
);

create table stock_difference (
  difference_id uuid primary key,
  source text collate "C" not null,
  location text collate "C" not null,
  channel text collate "C" not null,
  sku text collate "C" not null,
  status text not null,
  cause text not null,
  as_of timestamptz not null,
  theirs integer not null,
  ours integer not null,
  units integer generated always as (theirs - ours) stored,
  since timestamptz not null,
  difference jsonb not null
);
create unique index stock_difference_of on stock_difference (source, location, channel, sku);
create index stock_difference_at on stock_difference (location, channel, sku) where status = 'open';
create index stock_difference_largest on stock_difference (status, abs(units) desc, difference_id);

create table drift_tolerance (
  category text collate "C" primary key,
  units integer not null check (units >= 0),
  percent integer not null check (percent >= 0)
);

comment on table stock_statement is 'What other systems say that they have at a location or in a channel, as of an instant. Forgotten after STATEMENT_DAYS.';
comment on column stock_statement.source is 'The system that says so.';
comment on column stock_statement.location is 'Empty: it speaks of a channel.';
comment on column stock_statement.channel is 'Empty: it speaks of a location.';
comment on column stock_statement.whole is 'Of what it does not name, the system has none.';
comment on column stock_statement.differences is 'SKUs of which it has more or fewer than we had.';
comment on column stock_statement.units is 'By how many units in all.';
comment on column stock_statement.given_at is 'Null: lines are still coming.';
comment on column stock_statement.compared_at is 'Null: it is not compared with what we had yet.';
comment on table stock_statement_line is 'Units of a SKU, as a statement has them.';
comment on table stock_difference is 'Where another system counts otherwise, or did.';
comment on column stock_difference.status is 'open; agreed: it went by itself; theirs, ours: a person accepted that count.';
comment on column stock_difference.cause is 'Why, likely.';
comment on column stock_difference.units is 'Theirs less ours, as of the instant.';
comment on column stock_difference.since is 'Since when it is open.';
comment on column stock_difference.difference is 'All that is known of it.';
comment on table drift_tolerance is 'By how much other systems may count otherwise, by category of items, before somebody is called: the greater of the two.';
comment on column drift_tolerance.percent is 'Of what we have.';
`;

export class Statements1764000007000 implements MigrationInterface {
  readonly name = 'Statements1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
