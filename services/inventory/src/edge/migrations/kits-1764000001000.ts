import type { MigrationInterface, QueryRunner } from 'typeorm';

const KITS = `
alter table network_stock add column kit jsonb;
alter table reservation_line drop constraint reservation_line_pkey, add primary key (order_id, line_id, sku);

comment on column network_stock.kit is 'What the SKU is made of, if it is a kit: it has no stock of its own then. Read with the row, so that orders without kits pay nothing for it.';
comment on column reservation_line.sku is 'What stands on shelves: a line of a kit has a row for each part, in units of the part.';
`;

export class Kits1764000001000 implements MigrationInterface {
  readonly name = 'Kits1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KITS);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
