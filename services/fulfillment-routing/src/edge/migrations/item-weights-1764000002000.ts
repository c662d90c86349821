import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table item_weight (
  sku text collate "C" primary key,
  weight_grams integer,
  revision integer not null
);
comment on table item_weight is 'What a unit of each SKU weighs with its own packing, as inventory last told of it; null: it did not say.';
`;

/** What things weigh, for what it is estimated to cost to send them. */
export class ItemWeights1764000002000 implements MigrationInterface {
  readonly name = 'ItemWeights1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
