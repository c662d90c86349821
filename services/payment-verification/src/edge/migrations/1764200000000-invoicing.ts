import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table invoice_sale (
     order_id uuid primary key,
     channel text not null,
     country text,
     lines jsonb not null,
     delivery jsonb not null,
     personal jsonb not null
   )`,
  `comment on table invoice_sale is 'What each order was sold as, for its invoices: kept while somebody is registered who sells.'`,
  `comment on column invoice_sale.order_id is 'The order.'`,
  `comment on column invoice_sale.channel is 'Where it was sold.'`,
  `comment on column invoice_sale.country is 'Where it goes first.'`,
  `comment on column invoice_sale.lines is 'Each line with its taxes.'`,
  `comment on column invoice_sale.delivery is 'The charge for delivery with its taxes.'`,
  `comment on column invoice_sale.personal is 'Name and address of the buyer, sealed.'`,
  `create table invoice_counter (series text primary key, last bigint not null)`,
  `comment on table invoice_counter is 'The last number of each series of documents. It moves in the transaction that appends the document: no number is ever left out.'`,
  `comment on column invoice_counter.series is 'Legal entity and type of document.'`,
  `comment on column invoice_counter.last is 'The last number that was given.'`,
  `create table invoice_checkpoint (name text primary key, position text not null)`,
  `comment on table invoice_checkpoint is 'Up to where in the log documents were issued.'`,
  `comment on column invoice_checkpoint.name is 'Whose mark it is.'`,
  `comment on column invoice_checkpoint.position is 'The last event that was looked at.'`,
  `insert into invoice_checkpoint (name, position) values ('documents', '')`,
];

/** Invoices are no view of the log: their numbers are given once, in the transaction that appends them. */
export class Invoicing1764200000000 implements MigrationInterface {
  readonly name = 'Invoicing1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
