import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table book (
    key text primary key,
    content json not null,
    version integer not null,
    awaited integer not null,
    kept boolean not null,
    look_at timestamptz,
    last_at timestamptz
  ) with (fillfactor = 70)`,
  `create index book_look on book (look_at) where look_at is not null`,
  `create index book_awaited on book (awaited) where awaited > 0`,
  `create index book_settled on book (last_at) where kept and awaited = 0`,
  `comment on table book is 'What was heard of an order, or of another thing that has a key of its own, and what must follow of it: one row each. Of what was settled long ago only the counters are left.'`,
  `comment on column book.key is 'The order id; of what belongs to no order, the subject of its events.'`,
  `comment on column book.content is 'Facts by rule and thing, and how far the events of each subject were heard. Ids, types and times only.'`,
  `comment on column book.version is 'How often it was written: two who write at once do not undo each other.'`,
  `comment on column book.awaited is 'How many things must still follow.'`,
  `comment on column book.kept is 'Whether it has more than counters.'`,
  `comment on column book.look_at is 'When something may be missing; null: nothing can be, before more is heard.'`,
  `comment on column book.last_at is 'The time of the latest fact.'`,
  `create table finding (
    finding_id uuid primary key,
    kind text not null check (kind in ('missing', 'uncaused', 'doubled', 'stalled', 'gap')),
    rule text not null,
    expected text not null,
    whose text not null,
    key text not null,
    order_id uuid,
    about text not null,
    cause_id uuid,
    cause_type text,
    since timestamptz not null,
    found_at timestamptz not null,
    late boolean not null default false,
    came_id uuid,
    came_type text,
    came_at timestamptz,
    closed_at timestamptz,
    closed_by text,
    reason text
  )`,
  `create index finding_since on finding (since, finding_id)`,
  `create index finding_order on finding (order_id, since, finding_id)`,
  `create index finding_open on finding (kind, since) where closed_at is null`,
  `create index finding_key on finding (key) where closed_at is null`,
  `comment on table finding is 'What did not follow in time, has no cause, is there twice, or was never heard: one row for each, for ever the same. What was late stays.'`,
  `comment on column finding.finding_id is 'Follows from key, rule, kind and thing.'`,
  `comment on column finding.kind is 'missing, uncaused, doubled, stalled or gap.'`,
  `comment on column finding.rule is 'The rule that is broken.'`,
  `comment on column finding.expected is 'The rule as a sentence.'`,
  `comment on column finding.whose is 'Who brings about what is expected: services, people, partners or customers.'`,
  `comment on column finding.key is 'The book that it stands in.'`,
  `comment on column finding.order_id is 'The order; null where it is about none.'`,
  `comment on column finding.about is 'The thing, such as a shipment, by its id.'`,
  `comment on column finding.cause_id is 'The event that it follows from; of what is doubled, the second.'`,
  `comment on column finding.cause_type is 'Its type.'`,
  `comment on column finding.since is 'When it was due, or was doubled.'`,
  `comment on column finding.found_at is 'When it was found.'`,
  `comment on column finding.late is 'Whether what was missing came, too late.'`,
  `comment on column finding.came_id is 'The event that came.'`,
  `comment on column finding.came_type is 'Its type.'`,
  `comment on column finding.came_at is 'When it was recorded.'`,
  `comment on column finding.closed_at is 'When it ended; null: it is open.'`,
  `comment on column finding.closed_by is 'Who closed it; null: it ended by itself.'`,
  `comment on column finding.reason is 'Why, as was said.'`,
  `create table heard_topic (topic text primary key, facts bigint not null, last_at timestamptz not null)`,
  `comment on table heard_topic is 'How much was heard of each topic.'`,
  `comment on column heard_topic.topic is 'The topic.'`,
  `comment on column heard_topic.facts is 'How many events, repetitions too.'`,
  `comment on column heard_topic.last_at is 'The time of the latest.'`,
  `create table heard_minute (minute timestamptz primary key, oldest timestamptz not null)`,
  `comment on table heard_minute is 'How old the facts were that were heard lately: nothing younger can be missed yet. The last hour.'`,
  `comment on column heard_minute.minute is 'When they were heard.'`,
  `comment on column heard_minute.oldest is 'The time of the oldest of them.'`,
];

export class Books1764600000000 implements MigrationInterface {
  readonly name = 'Books1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
