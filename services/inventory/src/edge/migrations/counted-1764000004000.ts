import type { MigrationInterface, QueryRunner } from 'typeorm';

const COUNTED = `
alter table item add column counted boolean;

comment on column item.counted is 'Whether units are counted where it is delivered digitally, such as licence keys. What is shipped or carried is counted always.';
`;

export class Counted1764000004000 implements MigrationInterface {
  readonly name = 'Counted1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COUNTED);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
