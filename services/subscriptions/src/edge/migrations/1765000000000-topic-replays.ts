import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `alter table replay
    alter column endpoint_id drop not null,
    add column topic text,
    add column refused bigint not null default 0,
    add column failure text,
    add constraint replay_target check ((endpoint_id is null) <> (topic is null))`,
  `comment on table replay is 'Events that somebody has had sent once more, to a webhook endpoint or a topic; forgotten some days after.'`,
  `comment on column replay.endpoint_id is 'The webhook endpoint where they are sent; null: to a topic.'`,
  `comment on column replay.topic is 'The topic where they are sent; null: to a webhook endpoint.'`,
  `comment on column replay.refused is 'So many the topic will never take, such as those that are too large for it.'`,
  `comment on column replay.failure is 'Why nothing can be sent to the topic, which is tried again; null: it goes on.'`,
  `comment on column replay.entered is 'So many were entered; to a topic, so many were sent.'`,
  `comment on column replay.next_at is 'More is entered or sent then; of one to a topic that a process has in hand: when that is taken for dead.'`,
];

export class TopicReplays1765000000000 implements MigrationInterface {
  readonly name = 'TopicReplays1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
