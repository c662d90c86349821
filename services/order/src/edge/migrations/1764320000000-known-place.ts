import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
create table known_place (
  location text collate "C" primary key,
  country text not null,
  time_zone text,
  calendar jsonb,
  lead_days integer,
  revision integer not null
);

comment on table known_place is 'What this service knows of locations, as inventory tells it: whose days and cut-offs promises follow.';
comment on column known_place.time_zone is 'IANA name.';
comment on column known_place.lead_days is 'Working days of its own that it needs before goods leave; null: none.';
comment on column known_place.calendar is 'When it works, and its cut-offs, in its time zone; null: it never said.';
`;

export class KnownPlace1764320000000 implements MigrationInterface {
  readonly name = 'KnownPlace1764320000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
