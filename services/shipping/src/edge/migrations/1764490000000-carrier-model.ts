import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
create table carrier_model (
  view_table text primary key,
  position text collate "C" not null,
  model jsonb not null,
  kept_at timestamptz not null default now()
);
comment on table carrier_model is 'What was learned of carriers, so that a process need not begin at the first shipment. Follows from the view carrier_outcome, and may be deleted.';
comment on column carrier_model.view_table is 'The table that it was learned from.';
comment on column carrier_model.position is 'Of the last event that was learned from.';
comment on column carrier_model.model is 'Everything that goes on from there.';
comment on column carrier_model.kept_at is 'When it was written down.';
`;

export class CarrierModel1764490000000 implements MigrationInterface {
  readonly name = 'CarrierModel1764490000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
