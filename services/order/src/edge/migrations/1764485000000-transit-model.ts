import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
create table transit_model (
  view_table text primary key,
  position text collate "C" not null,
  model jsonb not null,
  kept_at timestamptz not null default now()
);
comment on table transit_model is 'What was learned of how long carriers need, so that a process need not begin at the first delivery. Follows from the view transit_time, and may be deleted.';
comment on column transit_model.view_table is 'The table that it was learned from.';
comment on column transit_model.position is 'Of the last event that was learned from.';
comment on column transit_model.model is 'Everything that goes on from there.';
comment on column transit_model.kept_at is 'When it was written down.';
`;

export class TransitModel1764485000000 implements MigrationInterface {
  readonly name = 'TransitModel1764485000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
