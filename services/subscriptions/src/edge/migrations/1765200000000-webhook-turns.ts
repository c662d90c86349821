import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `alter table webhook_delivery add column in_turn boolean not null default false`,
  `comment on column webhook_delivery.in_turn is 'While it waits: nothing with the same partition_key waits before it.'`,
  `update webhook_delivery d set in_turn = true where status = 'waiting' and not exists (
    select from webhook_delivery before
    where before.endpoint_id = d.endpoint_id and before.status = 'waiting' and before.partition_key = d.partition_key and before.position < d.position)`,
  `drop index webhook_delivery_due`,
  `create index webhook_delivery_due on webhook_delivery (endpoint_id, next_at, position)
    where status = 'waiting' and in_turn and leased_until is null and replay_id is null`,
  `create index webhook_delivery_due_again on webhook_delivery (endpoint_id, next_at, position)
    where status = 'waiting' and in_turn and leased_until is null and replay_id is not null`,
  // Of no use to whoever looks for what stands first under a key: where Postgres knows nothing of the table yet, it takes any index that begins with the endpoint for as good as the one for that.
  `drop index webhook_delivery_waiting`,
  `create index webhook_delivery_waiting on webhook_delivery (endpoint_id, entered_at) where status = 'waiting' and replay_id is null`,
  `create index webhook_delivery_leased on webhook_delivery (endpoint_id, leased_until) where leased_until is not null`,
  `alter table webhook_endpoint add column waiting bigint not null default 0`,
  `comment on column webhook_endpoint.waiting is 'Deliveries that wait, those of replays not counted.'`,
  `update webhook_endpoint e set waiting = (
    select count(*) from webhook_delivery d where d.endpoint_id = e.endpoint_id and d.status = 'waiting' and d.replay_id is null)`,
];

export class WebhookTurns1765200000000 implements MigrationInterface {
  readonly name = 'WebhookTurns1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
