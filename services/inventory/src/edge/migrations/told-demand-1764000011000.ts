import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMN = `
alter table demand_forecast add column told jsonb;
comment on column demand_forecast.told is 'What others were told last (DemandExpected), and when; null: nothing.';
`;

export class ToldDemand1764000011000 implements MigrationInterface {
  readonly name = 'ToldDemand1764000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
