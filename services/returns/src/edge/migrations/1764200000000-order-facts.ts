import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table sale (order_id uuid primary key, facts json not null)`,
  `comment on table sale is 'What was sold, as far as returns care: one row for each order.'`,
  `comment on column sale.order_id is 'The order.'`,
  `comment on column sale.facts is 'Lines with total, tax and discount, deliveries with total and tax (minor units), currency, version of the return policy.'`,
  `create table sale_change (order_id uuid not null, event_id text not null, facts json not null, primary key (order_id, event_id))`,
  `comment on table sale_change is 'What became of an order after it was placed: one row for each edit of it.'`,
  `comment on column sale_change.order_id is 'The order.'`,
  `comment on column sale_change.event_id is 'The event that told of it.'`,
  `comment on column sale_change.facts is 'Lines and deliveries as they are from then on, units that will not ship, and the place of the event in the order’s own.'`,
  `create table delivery (order_id uuid not null, event_id text not null, facts json not null, primary key (order_id, event_id))`,
  `comment on table delivery is 'What arrived: one row for each time that parcels of an order were delivered.'`,
  `comment on column delivery.order_id is 'The order.'`,
  `comment on column delivery.event_id is 'The event that told of it.'`,
  `comment on column delivery.facts is 'Shipment, parcels, lines with their units, and when by the carrier’s clock.'`,
  `create table item (sku text collate "C" primary key, category text, returnable boolean not null, revision integer not null)`,
  `comment on table item is 'What the catalogue says of a SKU, as far as returns care: one row for each that was described.'`,
  `comment on column item.category is 'By which terms may differ; null: none.'`,
  `comment on column item.returnable is 'Whether it may be sent back because it does not please.'`,
  `create table location (code text collate "C" primary key)`,
  `comment on table location is 'Where goods can be received: every location that inventory told of.'`,
  `comment on column location.code is 'Location code.'`,
  `create table return_order (return_id uuid primary key, order_id uuid not null)`,
  `comment on table return_order is 'Which order a return belongs to.'`,
  `comment on column return_order.return_id is 'The return (RMA).'`,
  `comment on column return_order.order_id is 'The order.'`,
];

/** What others told of orders, until somebody sends something back. */
export class OrderFacts1764200000000 implements MigrationInterface {
  readonly name = 'OrderFacts1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
