import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table carrier_invoice_file (
     file_id uuid primary key,
     carrier text not null,
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
  `create index carrier_invoice_file_newest on carrier_invoice_file (started_at desc, file_id desc)`,
  `create unique index carrier_invoice_file_in_hand on carrier_invoice_file (carrier) where status = 'running'`,
  `comment on table carrier_invoice_file is 'One row for each file of carriers’ invoices that was sent: how far it came. A file is named by what it holds.'`,
  `create table carrier_invoice_rejection (
     file_id uuid not null,
     number integer generated always as identity,
     line integer not null,
     field text not null,
     code text not null,
     message text not null,
     primary key (file_id, number)
   )`,
  `comment on table carrier_invoice_rejection is 'What is wrong in which row of a file of carriers’ invoices: mend these, and send them again.'`,
];

/** Files come from outside: no view of the log could show them. */
export class CarrierInvoices1764390000000 implements MigrationInterface {
  readonly name = 'CarrierInvoices1764390000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
