import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table item_work (
    queue text not null,
    key text not null,
    version integer not null,
    assignee text,
    snoozed_until timestamptz,
    snooze_reason text,
    notes integer not null,
    changed_at timestamptz not null,
    primary key (queue, key)
  ) with (fillfactor = 70)`,
  `create index item_work_assignee on item_work (assignee, queue, key) where assignee is not null`,
  `create index item_work_changed on item_work (changed_at)`,
  `comment on table item_work is 'Who works on an item of a queue of the console, and until when it sleeps: one row each. What the item is, the service says that it is of. Forgotten some days after the last change.'`,
  `comment on column item_work.queue is 'The queue, such as holds.'`,
  `comment on column item_work.key is 'The item, as its queue knows it, such as an order id.'`,
  `comment on column item_work.version is 'How much was done about it: each entry has a number.'`,
  `comment on column item_work.assignee is 'Who works on it; null: nobody.'`,
  `comment on column item_work.snoozed_until is 'It is not shown before; null, or past: it is awake.'`,
  `comment on column item_work.snooze_reason is 'Why it sleeps, as was said.'`,
  `comment on column item_work.notes is 'How many notes were written.'`,
  `comment on column item_work.changed_at is 'When somebody did something about it last.'`,
  `create table work_entry (
    queue text not null,
    key text not null,
    version integer not null,
    kind text not null check (kind in ('WorkAssigned', 'WorkLetGo', 'WorkSnoozed', 'WorkWoken', 'WorkNoted')),
    by text not null,
    at timestamptz not null,
    assignee text,
    until timestamptz,
    text text,
    primary key (queue, key, version),
    foreign key (queue, key) references item_work on delete cascade
  )`,
  `comment on table work_entry is 'Who did what about an item, and when. What people wrote stands here in clear, until it is forgotten with the item.'`,
  `comment on column work_entry.queue is 'The queue.'`,
  `comment on column work_entry.key is 'The item.'`,
  `comment on column work_entry.version is 'Counted for each item, from 1.'`,
  `comment on column work_entry.kind is 'What was done.'`,
  `comment on column work_entry.by is 'Who did it, as their token has it; api where nobody logs in.'`,
  `comment on column work_entry.at is 'When.'`,
  `comment on column work_entry.assignee is 'To whom it was given.'`,
  `comment on column work_entry.until is 'Until when it sleeps.'`,
  `comment on column work_entry.text is 'A note, or why it sleeps.'`,
  `create table work_request (command_id uuid primary key, fingerprint text, at timestamptz not null)`,
  `create index work_request_at on work_request (at)`,
  `comment on table work_request is 'Requests that were done, so that none is done twice: those of the last week.'`,
  `comment on column work_request.command_id is 'Follows from its Idempotency-Key.'`,
  `comment on column work_request.fingerprint is 'What was asked.'`,
  `comment on column work_request.at is 'When.'`,
];

export class Work1764700000000 implements MigrationInterface {
  readonly name = 'Work1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
