import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which program's words the plain names of a star speak: another one gives them anew when it starts. */
export class Wording1764600000000 implements MigrationInterface {
  readonly name = 'Wording1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table generation add column wording text');
    await runner.query(
      `comment on column generation.wording is 'What the names show and say while this star is shown, as a hash: of another program it may be another. Null: it has not been shown since that is noted.'`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
