import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the table alone. */
export const parkedNoticeStatements = [
  `create table parked_notice (
     provider text not null,
     notice_id text not null,
     state text not null,
     fact jsonb not null,
     reason text not null,
     detail text not null,
     tries integer not null default 0,
     occurred_at timestamptz not null,
     parked_at timestamptz not null default now(),
     next_at timestamptz not null,
     primary key (provider, notice_id)
   )`,
  `create index parked_notice_due on parked_notice (next_at) where state = 'waiting'`,
  `create index parked_notice_age on parked_notice (parked_at, provider, notice_id)`,
  `comment on table parked_notice is 'What payment providers told and nothing here fits yet: it waits for the payment that it speaks of, or for a person. Empty on a good day.'`,
  `comment on column parked_notice.provider is 'The account at a provider that told it.'`,
  `comment on column parked_notice.notice_id is 'Its own number of the notice.'`,
  `comment on column parked_notice.state is 'waiting: it is tried again; refused: it will never fit, and a person looks at it.'`,
  `comment on column parked_notice.fact is 'What it tells, in our words; nothing personal.'`,
  `comment on column parked_notice.reason is 'Why it does not fit: a stable code.'`,
  `comment on column parked_notice.detail is 'The same for people.'`,
  `comment on column parked_notice.tries is 'How often it was tried again.'`,
  `comment on column parked_notice.occurred_at is 'When it happened, by the provider’s clock.'`,
  `comment on column parked_notice.parked_at is 'When it came in first.'`,
  `comment on column parked_notice.next_at is 'When it is tried again.'`,
];

/** An inbox is no view of the log: what is in it has not happened here yet. */
export class ParkedNotices1764310000000 implements MigrationInterface {
  readonly name = 'ParkedNotices1764310000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of parkedNoticeStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
