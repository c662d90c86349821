import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table demand_foretold (
  month text collate "C" primary key,
  days integer not null,
  foretold double precision not null,
  happened double precision not null
);
comment on table demand_foretold is 'What was forecast each night for the days until the next one, beside what then left: added up by month.';
comment on column demand_foretold.month is 'Of the days (UTC), such as 2026-11.';
comment on column demand_foretold.days is 'Days of SKUs at locations.';
comment on column demand_foretold.foretold is 'Units on all of these days, as they were forecast the night before.';
comment on column demand_foretold.happened is 'Units that left on them.';
`;

export class Foretold1764000010000 implements MigrationInterface {
  readonly name = 'Foretold1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
