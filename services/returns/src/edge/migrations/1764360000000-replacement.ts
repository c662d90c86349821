import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const replacementStatements = [
  `create table replacement (order_id uuid primary key, replaces uuid not null, claim_id uuid not null)`,
  `comment on table replacement is 'Orders by which goods are sent again: one row for each.'`,
  `comment on column replacement.order_id is 'The order that sends them.'`,
  `comment on column replacement.replaces is 'The order that they were of.'`,
  `comment on column replacement.claim_id is 'The claim that it settles.'`,
];

/** What is sent again, and for what. */
export class Replacement1764360000000 implements MigrationInterface {
  readonly name = 'Replacement1764360000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of replacementStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
