import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
alter table expected_demand drop constraint expected_demand_pkey;
alter table expected_demand add primary key (sku, location, made_at);
create index on expected_demand (made_at);
comment on table expected_demand is 'What inventory expects to leave, each time that it said so: units on shelves are priced by the newest, and forks of the past by what had been said by then. Forgotten after some months. All of it may be deleted: the newest is told again within days.';
`;

export class DemandByTime1764000005000 implements MigrationInterface {
  readonly name = 'DemandByTime1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
