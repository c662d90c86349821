import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
create table risk_model (
  view_table text primary key,
  position text collate "C" not null,
  model jsonb not null,
  kept_at timestamptz not null default now()
);
comment on table risk_model is 'What was learned of the risk of orders, so that a process need not begin at the first order. Follows from the view risk_outcome, and may be deleted.';
comment on column risk_model.view_table is 'The table that it was learned from.';
comment on column risk_model.position is 'Of the last order that was learned from.';
comment on column risk_model.model is 'Everything that goes on from there.';
comment on column risk_model.kept_at is 'When it was written down.';
`;

export class RiskModel1764495000000 implements MigrationInterface {
  readonly name = 'RiskModel1764495000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
