import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table webhook_endpoint (
    endpoint_id uuid primary key,
    url text not null,
    note text,
    types text[],
    channels text[],
    made_at timestamptz not null,
    made_by text not null,
    fingerprint text not null,
    position bigint not null,
    secrets json not null,
    breaker json not null,
    open_until timestamptz,
    pause json,
    delivered bigint not null default 0,
    failed bigint not null default 0,
    given_up bigint not null default 0
  ) with (fillfactor = 50)`,
  `create index webhook_endpoint_made on webhook_endpoint (made_at, endpoint_id)`,
  `comment on table webhook_endpoint is 'Where events are sent to, and how far that is.'`,
  `comment on column webhook_endpoint.endpoint_id is 'The endpoint.'`,
  `comment on column webhook_endpoint.url is 'The address that events are posted to.'`,
  `comment on column webhook_endpoint.note is 'What it is for; null: nobody said so.'`,
  `comment on column webhook_endpoint.types is 'Events of these types; null: of all.'`,
  `comment on column webhook_endpoint.channels is 'Events of orders that were sold there; null: all events.'`,
  `comment on column webhook_endpoint.made_at is 'When it was made.'`,
  `comment on column webhook_endpoint.made_by is 'Who made it.'`,
  `comment on column webhook_endpoint.fingerprint is 'Of the request that made it: a repeat is the same.'`,
  `comment on column webhook_endpoint.position is 'Events up to here were looked through, and those of interest entered as deliveries.'`,
  `comment on column webhook_endpoint.secrets is 'The signing secrets, sealed.'`,
  `comment on column webhook_endpoint.breaker is 'The circuit breaker: failures in a row, since when, how often it opened, and why.'`,
  `comment on column webhook_endpoint.open_until is 'Nothing is tried before, because the breaker is open; null: it is closed.'`,
  `comment on column webhook_endpoint.pause is 'Since when and why nothing is sent; null: it is.'`,
  `comment on column webhook_endpoint.delivered is 'Deliveries that were taken.'`,
  `comment on column webhook_endpoint.failed is 'Attempts that came to nothing.'`,
  `comment on column webhook_endpoint.given_up is 'Deliveries that were given up.'`,
  `create table webhook_delivery (
    delivery_id uuid primary key,
    endpoint_id uuid not null references webhook_endpoint on delete cascade,
    position bigint not null,
    event_id uuid not null,
    type text not null,
    order_id uuid,
    partition_key text not null,
    status text not null default 'waiting',
    entered_at timestamptz not null,
    next_at timestamptz,
    leased_until timestamptz,
    tries integer not null default 0,
    attempts integer not null default 0,
    first_tried_at timestamptz,
    ended_at timestamptz
  ) with (fillfactor = 70)`,
  `create index webhook_delivery_turn on webhook_delivery (endpoint_id, partition_key, position) where status = 'waiting'`,
  `create index webhook_delivery_due on webhook_delivery (endpoint_id, next_at) where status = 'waiting'`,
  `create index webhook_delivery_waiting on webhook_delivery (endpoint_id, entered_at) where status = 'waiting'`,
  `create index webhook_delivery_listed on webhook_delivery (endpoint_id, position desc)`,
  `create index webhook_delivery_ended on webhook_delivery (ended_at) where ended_at is not null`,
  `comment on table webhook_delivery is 'One event on its way to one endpoint, or there; forgotten some days after.'`,
  `comment on column webhook_delivery.delivery_id is 'The webhook-id, the same however often it is sent.'`,
  `comment on column webhook_delivery.endpoint_id is 'Where it is sent.'`,
  `comment on column webhook_delivery.position is 'The event, by its place among all facts.'`,
  `comment on column webhook_delivery.event_id is 'The id of the event.'`,
  `comment on column webhook_delivery.type is 'Its type.'`,
  `comment on column webhook_delivery.order_id is 'The order that it belongs to; null: to none.'`,
  `comment on column webhook_delivery.partition_key is 'Of what has the same, the earlier is sent before the later: the order, or the key of the event.'`,
  `comment on column webhook_delivery.status is 'waiting, delivered, given-up.'`,
  `comment on column webhook_delivery.entered_at is 'When it was to be sent, or sent again.'`,
  `comment on column webhook_delivery.next_at is 'Not tried before; null: it has ended.'`,
  `comment on column webhook_delivery.leased_until is 'A process sends it; after that another one may. Null: none does.'`,
  `comment on column webhook_delivery.tries is 'Attempts since it was entered, or since somebody had it sent again.'`,
  `comment on column webhook_delivery.attempts is 'Attempts of all.'`,
  `comment on column webhook_delivery.first_tried_at is 'The first of the tries; null: there was none.'`,
  `comment on column webhook_delivery.ended_at is 'When it was delivered or given up; null: it waits.'`,
  `create table webhook_attempt (
    delivery_id uuid not null references webhook_delivery on delete cascade,
    number integer not null,
    at timestamptz not null,
    took_ms integer not null,
    url text not null,
    answer json,
    failure text,
    primary key (delivery_id, number)
  )`,
  `comment on table webhook_attempt is 'What was answered each time that a delivery was sent.'`,
  `comment on column webhook_attempt.delivery_id is 'The delivery.'`,
  `comment on column webhook_attempt.number is 'Its number among the attempts of the delivery, from 1.'`,
  `comment on column webhook_attempt.at is 'When it was sent.'`,
  `comment on column webhook_attempt.took_ms is 'How long it took.'`,
  `comment on column webhook_attempt.url is 'Where it was sent.'`,
  `comment on column webhook_attempt.answer is 'Status, some headers and the beginning of the body; null: nobody answered.'`,
  `comment on column webhook_attempt.failure is 'Why there is no answer; null: there is one.'`,
];

export class Webhooks1764800000000 implements MigrationInterface {
  readonly name = 'Webhooks1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
