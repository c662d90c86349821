import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const resolvedStatements = [
  `alter table work_entry add column what text, drop constraint work_entry_kind_check,
    add constraint work_entry_kind_check
      check (kind in ('WorkAssigned', 'WorkLetGo', 'WorkSnoozed', 'WorkWoken', 'WorkNoted', 'WorkResolved'))`,
  `comment on column work_entry.what is 'By which deed it was dealt with, as the console names it.'`,
  `comment on column work_entry.text is 'A note, or why it sleeps, or was dealt with so.'`,
];

export class WorkResolved1764800000000 implements MigrationInterface {
  readonly name = 'WorkResolved1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of resolvedStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
