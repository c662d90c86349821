import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table customer_order (
     customer_id text not null,
     order_id uuid not null,
     country text not null,
     recorded_at timestamptz not null,
     primary key (customer_id, order_id, country)
   )`,
  `create index customer_order_by_time on customer_order (customer_id, recorded_at)`,
  `create index customer_order_by_country on customer_order (customer_id, country, recorded_at)`,
  `comment on table customer_order is 'The past of each customer, as far as verification asks about it: a row for each country that an order went to. Guests have none.'`,
  `comment on column customer_order.customer_id is 'Who ordered.'`,
  `comment on column customer_order.order_id is 'The order.'`,
  `comment on column customer_order.country is 'ISO 3166-1 alpha-2; empty where the order went nowhere: fetched, or digital.'`,
  `comment on column customer_order.recorded_at is 'When it was recorded, by our clock: velocity is counted by it.'`,
  `create table simulated_provider_call (
     key text primary key,
     operation text not null,
     order_id uuid not null,
     currency text not null,
     amount bigint not null,
     answer jsonb not null,
     times integer not null default 1,
     asked_at timestamptz not null default now()
   )`,
  `comment on table simulated_provider_call is 'What the simulated payment provider was asked and what it answered. A real provider keeps this itself.'`,
];

/** Tables that are no views of the log: what must be known before a view could show it, and the simulated provider’s own memory. */
export class CustomerOrdersAndSimulatedCalls1764000000000 implements MigrationInterface {
  readonly name = 'CustomerOrdersAndSimulatedCalls1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
