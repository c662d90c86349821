import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of one run several may be told: a webhook, and people by mail. */
export class ReportMails1764900000000 implements MigrationInterface {
  readonly name = 'ReportMails1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  'alter table report_notice add column run_id uuid',
  'update report_notice set run_id = notice_id',
  'alter table report_notice alter column run_id set not null',
  'create index report_notice_of_run on report_notice (run_id)',
  `comment on table report_notice is 'Who is told that a run has ended: one row for the webhook of its report, and one for each address. Forgotten with the run.'`,
  `comment on column report_notice.notice_id is 'What a receiver knows a repeat by: of a webhook the run, of a mail what follows from run and address.'`,
  `comment on column report_notice.run_id is 'The run.'`,
  `comment on column report_notice.origin is 'Who is told: the origin of a webhook; mailto: of all mails.'`,
  `comment on column report_notice.url is 'Where: the webhook, or an address as mailto:.'`,
];
