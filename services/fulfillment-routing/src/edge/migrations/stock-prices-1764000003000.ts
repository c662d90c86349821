import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
create table stock_price (
  model bigint generated always as identity primary key,
  made_at timestamptz not null,
  priced jsonb not null
);
create index on stock_price (made_at desc);
comment on table stock_price is 'What units are worth to those who come later, as it was found: decisions name the model, and hold the prices that they were made by. Old ones are forgotten, and all of it may be deleted: it is found anew.';
comment on column stock_price.model is 'Which prices: decisions name it.';
comment on column stock_price.made_at is 'When they were found.';
comment on column stock_price.priced is 'By which rules, from which orders, for how many days, and the price of a unit by location and SKU in minor units.';
`;

export class StockPrices1764000003000 implements MigrationInterface {
  readonly name = 'StockPrices1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
