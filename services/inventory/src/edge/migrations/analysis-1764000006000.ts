import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Only what was sold: nothing is written for whatever else moves. */
const INDEX = `create index stock_movement_sold on stock_movement (at, sku) where kind in ('StockIssued', 'StockRestocked')`;

export class Analysis1764000006000 implements MigrationInterface {
  readonly name = 'Analysis1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEX);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
