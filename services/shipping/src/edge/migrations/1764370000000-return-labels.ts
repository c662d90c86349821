import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Labels for the way back, found by their numbers and by their links. */
export class ReturnLabels1764370000000 implements MigrationInterface {
  readonly name = 'ReturnLabels1764370000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `create table return_label (
     carrier text not null,
     tracking_number text not null,
     return_id uuid not null,
     order_id uuid not null,
     link text not null unique,
     primary key (carrier, tracking_number)
   )`,
  `create index on return_label (order_id)`,
  `comment on table return_label is 'Of which return a tracking number is, and the link by which its customer prints the label.'`,
];
