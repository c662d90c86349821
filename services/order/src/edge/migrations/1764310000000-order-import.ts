import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports of orders from files, and what of them was wrong. */
export class OrderImport1764310000000 implements MigrationInterface {
  readonly name = 'OrderImport1764310000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `create table order_import (
     import_id uuid primary key,
     kind text not null,
     status text not null,
     records integer not null default 0,
     imported integer not null default 0,
     unchanged integer not null default 0,
     rejected integer not null default 0,
     last_line integer not null default 0,
     started_at timestamptz not null,
     changed_at timestamptz not null,
     actor text not null
   )`,
  `create index order_import_newest on order_import (started_at desc, import_id desc)`,
  `comment on table order_import is 'One row for each file of orders that was imported: how far it came.'`,
  `create table order_import_rejection (
     import_id uuid not null,
     number integer generated always as identity,
     line integer not null,
     external_order_id text,
     field text not null,
     code text not null,
     message text not null,
     primary key (import_id, number)
   )`,
  `comment on table order_import_rejection is 'What is wrong in which line of a file: mend these, and send them again.'`,
];
