import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What shipping learned from others and must find by another name than the shipment’s. Tables of views are made by the views themselves. */
export class Registers1763900000000 implements MigrationInterface {
  readonly name = 'Registers1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `create table known_order (
     order_id uuid primary key,
     known json not null
   )`,
  `comment on table known_order is 'What packing and addressing need of each placed order; the address is sealed.'`,
  `create table order_shipment (
     shipment_id uuid primary key,
     order_id uuid not null
   )`,
  `create index order_shipment_by_order on order_shipment (order_id)`,
  `comment on table order_shipment is 'Which shipments an order has; a cancellation of the order finds them here.'`,
  `create table cancelled_order (
     order_id uuid primary key,
     reason json not null,
     recorded_at timestamptz not null default now()
   )`,
  `comment on table cancelled_order is 'Orders that were heard to be cancelled; a shipment that is planned later is cancelled at once.'`,
  `create table order_hold (
     order_id uuid not null,
     hold_id uuid not null,
     hold json,
     released boolean not null,
     primary key (order_id, hold_id)
   )`,
  `comment on table order_hold is 'Holds of orders that were heard of; a shipment that is planned later is held from its beginning.'`,
  `create table order_change (
     order_id uuid not null,
     event_id uuid not null,
     change json not null,
     primary key (order_id, event_id)
   )`,
  `comment on table order_change is 'What became of an order after it was placed: lines, ways, destinations; what is personal is sealed.'`,
  `create table tracking_number (
     carrier text not null,
     tracking_number text not null,
     shipment_id uuid not null,
     primary key (carrier, tracking_number)
   )`,
  `create index tracking_number_alone on tracking_number (tracking_number)`,
  `comment on table tracking_number is 'Which shipment a carrier means.'`,
  `create table parked_scan (
     scan_id uuid primary key,
     carrier text not null,
     tracking_number text not null,
     waits_for text not null,
     scan json not null,
     parked_at timestamptz not null,
     dismissed_at timestamptz,
     dismissed_by text,
     dismissed_reason text
   )`,
  `create index parked_scan_by_number on parked_scan (carrier, tracking_number)`,
  `create index parked_scan_by_age on parked_scan (parked_at, scan_id) where dismissed_at is null`,
  `comment on table parked_scan is 'Scans that nothing here fits yet, or that are dated ahead. A row leaves when its scan is recorded; one that was dismissed stays.'`,
  `create table location (
     location text primary key,
     name text not null,
     country text not null,
     postal_code text,
     latitude double precision not null,
     longitude double precision not null,
     time_zone text,
     revision bigint not null
   )`,
  `comment on table location is 'Where parcels start, as the inventory service tells it.'`,
  `create table known_item (
     sku text primary key,
     known json not null,
     revision bigint not null
   )`,
  `comment on table known_item is 'What packing, carriers and customs need of each item, as the inventory service tells it.'`,
];
