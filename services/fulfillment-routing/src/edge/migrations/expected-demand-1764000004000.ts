import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
create table expected_demand (
  sku text collate "C" not null,
  location text collate "C" not null,
  made_at timestamptz not null,
  per_day double precision not null,
  primary key (sku, location)
);
comment on table expected_demand is 'What inventory expects to leave, as it last said it: units on shelves are priced by it. All of it may be deleted: it is told again within days.';
comment on column expected_demand.made_at is 'When it was forecast: what is older than a week says nothing any more.';
comment on column expected_demand.per_day is 'Units in a day, on average.';
`;

export class ExpectedDemand1764000004000 implements MigrationInterface {
  readonly name = 'ExpectedDemand1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
