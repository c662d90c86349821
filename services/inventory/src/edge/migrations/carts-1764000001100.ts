import type { MigrationInterface, QueryRunner } from 'typeorm';

const CARTS = `
create table cart_claim (
  arrival bigint generated always as identity,
  reservation_id uuid not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  expires_at timestamptz not null,
  primary key (reservation_id, sku)
);
create index cart_claim_by_sku on cart_claim (sku, arrival);

comment on table cart_claim is 'Stock that is kept for carts: part of what is reserved on the network. A cart that has ended has no rows.';
comment on column cart_claim.arrival is 'The last cart loses first, where units are not there.';
comment on column cart_claim.quantity is 'Units of what stands on shelves: of a kit its parts.';
comment on column cart_claim.expires_at is 'Until when it is kept.';
`;

export class Carts1764000001100 implements MigrationInterface {
  readonly name = 'Carts1764000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CARTS);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
