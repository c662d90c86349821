import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table routing_fork (
  fork_id uuid primary key,
  status text not null,
  terms jsonb not null,
  note text,
  actor text not null,
  fingerprint text not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  decisions integer not null default 0,
  decisions_of integer not null,
  attempt integer not null default 0,
  held_until timestamptz,
  failure jsonb,
  result jsonb
);
create index routing_fork_newest on routing_fork (asked_at desc, fork_id desc);
create index routing_fork_unfinished on routing_fork (asked_at, fork_id) where ended_at is null;
create index routing_fork_ended on routing_fork (ended_at) where ended_at is not null;
comment on table routing_fork is 'One row for each fork of the past: what is otherwise in it, how far it has been played, and what it came to.';

create table routing_fork_order (
  fork_id uuid not null references routing_fork on delete cascade,
  order_id uuid not null,
  is_same boolean not null,
  before jsonb not null,
  now jsonb not null,
  primary key (fork_id, order_id)
);
create index routing_fork_order_changed on routing_fork_order (fork_id, order_id) where not is_same;
comment on table routing_fork_order is 'What became of each order, as it was and in a fork.';

create table routing_fork_day (
  fork_id uuid not null references routing_fork on delete cascade,
  location text collate "C" not null,
  day text collate "C" not null,
  before integer not null,
  now integer not null,
  capacity integer,
  primary key (fork_id, location, day)
);
comment on table routing_fork_day is 'Fulfilments that each location had on each of its days, as it was and in a fork.';
`;

/** Forks of the past, until they are forgotten. */
export class Forks1764000001000 implements MigrationInterface {
  readonly name = 'Forks1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
