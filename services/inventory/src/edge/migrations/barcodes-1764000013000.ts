import type { MigrationInterface, QueryRunner } from 'typeorm';

const BARCODES = `
alter table item add column barcodes jsonb;
comment on column item.barcodes is 'What is printed on it and its packs: code, kind (gtin, own), units that one scan stands for. Null: nothing.';

create table item_barcode (
  key text collate "C" primary key,
  sku text collate "C" not null,
  code text not null,
  units integer not null check (units > 0)
);
create index item_barcode_by_sku on item_barcode (sku);

comment on table item_barcode is 'Which item a scanned code means: a code stands for one item at a time.';
comment on column item_barcode.key is 'The code as it is compared: a GTIN by its 14 digits, any other code by itself.';
comment on column item_barcode.sku is 'The item that has it.';
comment on column item_barcode.code is 'As it is printed.';
comment on column item_barcode.units is 'Units of the item that one scan stands for.';
`;

export class Barcodes1764000013000 implements MigrationInterface {
  readonly name = 'Barcodes1764000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BARCODES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
