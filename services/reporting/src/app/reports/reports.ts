import { invalidField, Refused, type Bell } from '@cartage/eventsourcing';
import {
  boundValues,
  requireBindable,
  requireColumns,
  unknownReport,
  type Format,
  type GivenValues,
  type Report,
  type ReportColumn,
  type ReportDefinition,
} from '../../domain/reports/report';
import { requireRecipients } from '../../domain/reports/mail';
import { fileName, type Run } from '../../domain/reports/run';
import type { Answering, FileStore, NextTime, ReportShelf, RunsQuery, RunTable } from './ports';

export interface ReportsNeeds {
  readonly shelf: ReportShelf;
  readonly runs: RunTable;
  /** Absent where an operator has not said by whom, or where to. */
  readonly answering: Answering | undefined;
  readonly store: FileStore | undefined;
  readonly nextTime: NextTime;
  /** Who may be told that a run has ended: `https://hooks.example.com`. */
  readonly webhookOrigins: readonly string[];
  /** Whose mailboxes may be written to; absent where no mail is sent. */
  readonly mailDomains: readonly string[] | undefined;
  /** Rings when a run was planned here. */
  readonly news: Bell;
  readonly now: () => Date;
}

export interface Putting {
  readonly name: string;
  readonly definition: ReportDefinition;
  readonly by: string;
  readonly ifRevision: number | undefined;
}

export interface Starting {
  readonly name: string;
  readonly runId: string;
  readonly by: string;
  readonly given: GivenValues;
}

/** Questions of one’s own, kept, and run at their time or at once. */
export interface Reports {
  readonly put: (putting: Putting) => Promise<Report>;
  readonly get: (name: string) => Promise<Report>;
  readonly list: (after: string | undefined, limit: number) => Promise<readonly Report[]>;
  readonly remove: (name: string, ifRevision: number | undefined) => Promise<void>;
  readonly start: (starting: Starting) => Promise<Run>;
  readonly run: (runId: string) => Promise<Run>;
  readonly runs: (query: RunsQuery) => Promise<readonly Run[]>;
  readonly file: (runId: string, format: Format) => Promise<AsyncIterable<Uint8Array>>;
}

const required = <Part>(part: Part | undefined): Part => {
  if (part !== undefined) return part;
  throw new Refused(
    'REPORTS_OFF',
    'Reports are not switched on: the operator sets REPORTS_DATABASE_URL, as whom they are asked, and REPORTS_FOLDER or REPORTS_S3_URL, where their files go.',
  );
};

const requireOrigin = (webhook: string | undefined, origins: readonly string[]): void => {
  if (webhook === undefined) return;
  if (URL.canParse(webhook) && origins.includes(new URL(webhook).origin)) return;
  const known = origins.length === 0 ? 'none is set' : origins.join(', ');
  throw invalidField(
    'webhook',
    'WEBHOOK_REFUSED',
    `It must begin with an origin that the operator lets be told (REPORTS_WEBHOOK_ORIGINS: ${known}).`,
  );
};

const requireMail = (recipients: readonly string[], domains: readonly string[] | undefined): void => {
  if (recipients.length > 0 && domains === undefined)
    throw invalidField(
      'recipients',
      'MAIL_OFF',
      'No mail is sent here: the operator sets SMTP_URL (or MAIL_FOLDER), and REPORTS_MAIL_DOMAINS, whose mailboxes may be written to.',
    );
  requireRecipients(recipients, domains ?? []);
};

/** What the SQL answers with, without asking for a row of it. */
const columnsOf = async (answering: Answering, definition: ReportDefinition, now: Date): Promise<readonly ReportColumn[]> => {
  const question = { sql: definition.sql, values: boundValues(definition, now) };
  const answer = await answering.open(question, new AbortController().signal);
  await answer.close();
  requireColumns(answer.columns);
  return answer.columns;
};

const putting =
  ({ shelf, answering, store, nextTime, webhookOrigins, mailDomains, now }: ReportsNeeds): Reports['put'] =>
  async ({ name, definition, by, ifRevision }) => {
    required(store);
    requireBindable(definition.parameters);
    requireOrigin(definition.webhook, webhookOrigins);
    requireMail(definition.recipients ?? [], mailDomains);
    const at = now();
    const nextAt = definition.schedule === undefined ? undefined : nextTime(definition.schedule, at);
    const columns = await columnsOf(required(answering), definition, at);
    return shelf.put({ ...definition, name, columns, by, nextAt, ifRevision }, at);
  };

const starting =
  ({ shelf, runs, answering, store, news, now }: ReportsNeeds): Reports['start'] =>
  async ({ name, runId, by, given }) => {
    required(answering);
    required(store);
    const report = await found(shelf, name);
    const plannedFor = now();
    const run = await runs.plan({ runId, report, plannedFor, plannedBy: by, values: boundValues(report, plannedFor, given) });
    if (!run) throw new Refused('RUNS_WAITING', `Ten runs of ${name} wait already: one of them has to end first.`);
    news.ring();
    return run;
  };

const found = async (shelf: ReportShelf, name: string): Promise<Report> => {
  const report = await shelf.find(name);
  if (report) return report;
  throw unknownReport(name);
};

const foundRun = async (runs: RunTable, runId: string): Promise<Run> => {
  const run = await runs.find(runId);
  if (run) return run;
  throw new Refused('RUN_UNKNOWN', `There is no run ${runId}.`, 'unknown');
};

const fileOf = async ({ runs, store }: ReportsNeeds, runId: string, format: Format): Promise<AsyncIterable<Uint8Array>> => {
  const { files, ...rest } = await foundRun(runs, runId);
  const isThere = files.some((each) => each.format === format);
  const content = isThere ? await required(store).read(fileName(rest, format)) : undefined;
  if (content) return content;
  throw new Refused('FILE_UNKNOWN', `The run has no ${format} file: see its state, and its files.`, 'unknown');
};

export const createReports = (needs: ReportsNeeds): Reports => {
  const { shelf, runs } = needs;
  return {
    put: putting(needs),
    get: (name) => found(shelf, name),
    list: (after, limit) => shelf.list(after, limit),
    remove: async (name, ifRevision) => {
      if (!(await shelf.remove(name, ifRevision))) throw unknownReport(name);
    },
    start: starting(needs),
    run: (runId) => foundRun(runs, runId),
    runs: (query) => runs.list(query),
    file: (runId, format) => fileOf(needs, runId, format),
  };
};
