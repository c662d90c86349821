import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table replay (
    replay_id uuid primary key,
    endpoint_id uuid not null references webhook_endpoint on delete cascade,
    filter json not null,
    after bigint not null,
    up_to bigint not null,
    rate integer not null,
    note text,
    asked_at timestamptz not null,
    asked_by text not null,
    fingerprint text not null,
    status text not null default 'running',
    position bigint not null,
    entered bigint not null default 0,
    next_at timestamptz not null,
    ended_at timestamptz
  ) with (fillfactor = 70)`,
  `create index replay_asked on replay (asked_at, replay_id)`,
  `create index replay_due on replay (next_at) where status = 'running'`,
  `create index replay_of_endpoint on replay (endpoint_id)`,
  `comment on table replay is 'Events that somebody has had sent to a webhook endpoint once more; forgotten some days after.'`,
  `comment on column replay.replay_id is 'The replay.'`,
  `comment on column replay.endpoint_id is 'Where they are sent.'`,
  `comment on column replay.filter is 'Which events: types, orders, channels, recorded from and before a time.'`,
  `comment on column replay.after is 'Those behind this position.'`,
  `comment on column replay.up_to is 'Those up to this position.'`,
  `comment on column replay.rate is 'So many are entered in a second, at most.'`,
  `comment on column replay.note is 'What for; null: nobody said so.'`,
  `comment on column replay.asked_at is 'When it was asked for.'`,
  `comment on column replay.asked_by is 'Who asked for it.'`,
  `comment on column replay.fingerprint is 'Of the request that asked for it: a repeat is the same.'`,
  `comment on column replay.status is 'running, complete, cancelled.'`,
  `comment on column replay.position is 'Events up to here were looked through, and those of interest entered as deliveries.'`,
  `comment on column replay.entered is 'So many were entered.'`,
  `comment on column replay.next_at is 'More is entered then.'`,
  `comment on column replay.ended_at is 'When it was complete or cancelled; null: it runs.'`,
  `alter table webhook_delivery add column replay_id uuid references replay on delete cascade`,
  `create index webhook_delivery_replay on webhook_delivery (replay_id, status) where replay_id is not null`,
  `comment on column webhook_delivery.replay_id is 'The replay that it belongs to; null: it is sent because it happened.'`,
];

export class Replays1764900000000 implements MigrationInterface {
  readonly name = 'Replays1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
