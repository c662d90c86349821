import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Questions of one’s own, their runs, and who is told of them. */
export class Reports1764800000000 implements MigrationInterface {
  readonly name = 'Reports1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...reports, ...runs, ...notices]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const reports = [
  `create table report (
     name text collate "C" primary key,
     definition jsonb not null,
     columns jsonb not null,
     revision integer not null,
     changed_at timestamptz not null,
     changed_by text not null,
     next_at timestamptz,
     removed boolean not null default false
   )`,
  `create index report_due on report (next_at) where not removed`,
  `comment on table report is 'Questions of one’s own, as somebody wrote them down: one row for each.'`,
  `comment on column report.name is 'What it is called.'`,
  `comment on column report.definition is 'Its SQL, parameters, formats, schedule and whom it tells.'`,
  `comment on column report.columns is 'What it answers with, by name and type.'`,
  `comment on column report.revision is 'Counts its changes, its removals too.'`,
  `comment on column report.changed_at is 'When it was changed last, UTC.'`,
  `comment on column report.changed_by is 'Who did.'`,
  `comment on column report.next_at is 'When it runs next by itself, UTC. Null: never.'`,
  `comment on column report.removed is 'Whether it was removed; its runs stay until they are forgotten.'`,
];

const runs = [
  `create table report_run (
     run_id uuid primary key,
     report text collate "C" not null,
     revision integer not null,
     definition jsonb not null,
     bound jsonb not null,
     planned_for timestamptz not null,
     planned_by text not null,
     state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
     attempts integer not null default 0,
     next_at timestamptz not null,
     started_at timestamptz,
     ended_at timestamptz,
     rows bigint,
     files jsonb not null default '[]',
     code text,
     detail text
   )`,
  `create index report_run_of_report on report_run (report, planned_for desc, run_id desc)`,
  `create index report_run_by_time on report_run (planned_for desc, run_id desc)`,
  `create index report_run_open on report_run (next_at) where state in ('waiting', 'running')`,
  `create index report_run_over on report_run (ended_at) where state in ('done', 'failed')`,
  `comment on table report_run is 'Runs of reports: one row for each. Those that ended are forgotten after REPORTS_DAYS, with their files.'`,
  `comment on column report_run.run_id is 'Follows from who asked for it, or from the time that it was planned for: asked again, it is the same.'`,
  `comment on column report_run.report is 'Which report.'`,
  `comment on column report_run.revision is 'Of the report, when it was planned.'`,
  `comment on column report_run.definition is 'What was to be run, as the report had it then.'`,
  `comment on column report_run.bound is 'What is bound to $1, $2, … in their order.'`,
  `comment on column report_run.planned_for is 'The time that it is about, UTC.'`,
  `comment on column report_run.planned_by is 'Who asked for it, or schedule.'`,
  `comment on column report_run.state is 'waiting, running, done or failed.'`,
  `comment on column report_run.attempts is 'How often it was taken.'`,
  `comment on column report_run.next_at is 'When it may be taken, UTC; of one that is running: when its process is taken for dead.'`,
  `comment on column report_run.started_at is 'When it was taken last, UTC. Null: never yet.'`,
  `comment on column report_run.ended_at is 'UTC. Null: it has not.'`,
  `comment on column report_run.rows is 'Rows of the answer. Null: it is not done.'`,
  `comment on column report_run.files is 'Files that it wrote: format, name, bytes, sha256.'`,
  `comment on column report_run.code is 'Why it failed. Null: it did not.'`,
  `comment on column report_run.detail is 'The same in words.'`,
];

const notices = [
  `create table report_notice (
     notice_id uuid primary key,
     place bigint generated always as identity,
     origin text not null,
     url text not null,
     content jsonb not null,
     status text not null default 'waiting' check (status in ('waiting', 'told', 'refused')),
     detail text not null default '',
     code text,
     faults jsonb not null default '[]',
     attempts integer not null default 0,
     next_at timestamptz not null,
     ended_at timestamptz
   )`,
  `create index report_notice_due on report_notice (origin, next_at, place) where status = 'waiting'`,
  `comment on table report_notice is 'Who is told that a run has ended: one row for each run of a report that has a webhook. Forgotten with the run.'`,
  `comment on column report_notice.notice_id is 'The run.'`,
  `comment on column report_notice.place is 'In the order in which they were planned.'`,
  `comment on column report_notice.origin is 'Who is told.'`,
  `comment on column report_notice.url is 'Where.'`,
  `comment on column report_notice.content is 'What.'`,
  `comment on column report_notice.status is 'waiting: to be told; told; refused: the receiver will not take it.'`,
  `comment on column report_notice.detail is 'What came of it.'`,
  `comment on column report_notice.code is 'Why it was refused. Null: it was not.'`,
  `comment on column report_notice.faults is 'The same by its fields.'`,
  `comment on column report_notice.attempts is 'How often it was tried.'`,
  `comment on column report_notice.next_at is 'When it is tried next, UTC.'`,
  `comment on column report_notice.ended_at is 'UTC. Null: it waits.'`,
];
