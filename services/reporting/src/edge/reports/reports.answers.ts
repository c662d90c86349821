import { integer, list, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { formats, type Report } from '../../domain/reports/report';
import { runStates, type Run } from '../../domain/reports/run';

const format = oneOf(formats);

export const report = answerOf<Report>()(
  'SavedReport',
  object({
    name: text(),
    revision: integer('Counts its changes, from 1: the `ETag`.'),
    sql: text('One statement that reads.'),
    parameters: list(
      object({
        name: text(),
        value: optional(text('What is bound.')),
        daysAgo: optional(
          integer('Bound is the day so long before the one that the run is planned for, in the time zone of the schedule.'),
        ),
      }),
      'Bound to `$1`, `$2`, … in their order.',
    ),
    formats: list(format),
    schedule: optional(object({ cron: text(), timeZone: text() }, 'Absent: it runs only when somebody asks.')),
    webhook: optional(text('Where it is told that a run has ended.')),
    recipients: optional(list(text(), 'Who gets a mail then.')),
    columns: list(object({ name: text(), type: text('As Postgres calls it.') }), 'What it answers with.'),
    changedAt: time(),
    changedBy: text(),
    nextAt: optional(time('When it runs next by itself.')),
  }),
);
export const reportPage = pageAnswer(report);

const notice = object({
  to: text('The webhook, or an address as `mailto:`.'),
  state: oneOf(['waiting', 'told', 'refused'] as const),
  attempts: integer('How often it was tried.'),
  nextAt: optional(time('When it is tried next.')),
  endedAt: optional(time()),
  code: optional(text('Why it was refused.')),
  detail: optional(text()),
});

export const run = answerOf<Run>()(
  'ReportRun',
  object({
    runId: uuid(),
    report: text(),
    revision: integer('Of the report, when it was planned.'),
    state: oneOf(runStates),
    plannedFor: time('The time that it is about.'),
    plannedBy: text('Who asked for it, or `schedule`.'),
    values: list(text(), 'What is bound to `$1`, `$2`, …'),
    attempts: integer('How often it was taken.'),
    startedAt: optional(time()),
    endedAt: optional(time()),
    rows: optional(integer()),
    files: list(
      object({ format, name: text('In the folder or the bucket.'), bytes: integer(), sha256: text('Of its bytes, hexadecimal.') }),
      'There from the moment that the run is done, each whole.',
    ),
    code: optional(text('Why it failed.')),
    detail: optional(text()),
    notices: optional(list(notice, 'Who is told that it has ended; absent: nobody, or it has not.')),
  }),
);
export const runPage = pageAnswer(run);
