import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which contacts orders are found again. */
export class CustomerContact1764300000000 implements MigrationInterface {
  readonly name = 'CustomerContact1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `create table customer_contact (
     hash text collate "C" not null,
     order_id uuid not null,
     person text collate "C" not null,
     primary key (hash, order_id)
   )`,
  `create index customer_contact_by_order on customer_contact (order_id)`,
  `create index customer_contact_by_person on customer_contact (person)`,
  `comment on table customer_contact is 'With which e-mail address and phone number an order was placed, as keyed hashes. Goes with the person.'`,
  `comment on column customer_contact.hash is 'HMAC-SHA-256 of the contact in its one spelling, under a key that the master key wraps.'`,
  `comment on column customer_contact.order_id is 'The order.'`,
  `comment on column customer_contact.person is 'Names the data key of the person; once that is gone the row goes.'`,
];
