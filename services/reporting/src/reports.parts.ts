import { bell, type Relay } from '@cartage/eventsourcing';
import {
  forgetOld,
  idFor,
  mailerOf,
  relayCheck,
  relaying,
  StartFailure,
  sweeping,
  type Kit,
  type Mailer,
  type Parts,
} from '@cartage/service-kit';
import type { FileStore } from './app/reports/ports';
import { createReports } from './app/reports/reports';
import { working } from './app/reports/working';
import { fileName } from './domain/reports/run';
import { csvWriter } from './edge/reports/csv-writer';
import { folderStore } from './edge/reports/folder-store';
import { nextTime } from './edge/reports/next-time';
import { parquetWriter } from './edge/reports/parquet-writer';
import { postgresAnswering } from './edge/reports/postgres-answering';
import { noticesByMail, noticesTo, type NoticesNeeds } from './edge/reports/report-notices';
import { reportTable } from './edge/reports/report-table';
import { REPORTS, ReportsController } from './edge/reports/reports.controller';
import { runTable } from './edge/reports/run-table';
import { s3Store } from './edge/reports/s3-store';
import type { ReportsSettings } from './reports.settings';

type ReportsKit = Pick<Kit<ReportsSettings>, 'settings' | 'pool' | 'clock' | 'now' | 'log'>;

const SCHEMA = 'reporting';
const FORGET_EVERY_MS = 3_600_000;
const writers = { csv: csvWriter, parquet: parquetWriter } as const;

const required = (settings: ReportsSettings, name: keyof ReportsSettings, of: string): string => {
  const value = settings[name];
  if (typeof value === 'string') return value;
  throw new StartFailure([`Setting ${name} is missing: ${of} is of no use without it.`]);
};

const storeOf = (settings: ReportsSettings): FileStore | undefined => {
  const { REPORTS_FOLDER: folder, REPORTS_S3_URL: endpoint, REPORTS_S3_REGION: region, REPORTS_S3_PREFIX: prefix } = settings;
  if (endpoint === undefined) return folder === undefined ? undefined : folderStore(folder);
  const accessKeyId = required(settings, 'REPORTS_S3_KEY_ID', 'REPORTS_S3_URL');
  return s3Store({ endpoint, region, prefix, accessKeyId, secretAccessKey: required(settings, 'REPORTS_S3_SECRET', 'REPORTS_S3_URL') });
};

const answeringOf = ({ settings, clock }: ReportsKit) => {
  const { REPORTS_DATABASE_URL: url, REPORTS_SECONDS: seconds } = settings;
  return url === undefined ? undefined : postgresAnswering({ url, schema: SCHEMA, seconds, clock });
};

/** Files go first: a row that is left names a file that is gone, and not the other way round. */
const forgettingOf = ({ settings, pool, now, clock, log }: ReportsKit, store: FileStore) => {
  const runs = runTable(pool);
  const forget = async (before: string, limit: number): Promise<number> => {
    const old = await runs.old(before, limit);
    for (const run of old) for (const { format } of run.files) await store.remove(fileName(run, format));
    await runs.forget(old.map(({ runId }) => runId));
    return old.length;
  };
  const thing = { what: 'runs of reports', days: settings.REPORTS_DAYS, forget };
  return sweeping((_, stopping) => forgetOld(thing, now, stopping), {
    clock,
    log,
    everyMs: FORGET_EVERY_MS,
    trouble: 'old runs of reports could not be forgotten',
  });
};

const webhookNotices = (settings: ReportsSettings, needs: NoticesNeeds): readonly Relay[] => {
  const { REPORTS_WEBHOOK_ORIGINS: origins } = settings;
  if (origins.length === 0) return [];
  const secret = required(settings, 'REPORTS_WEBHOOK_SECRET', 'REPORTS_WEBHOOK_ORIGINS');
  return origins.map((origin) => noticesTo(needs, secret, origin));
};

/** Absent where no mail is sent, or nobody may be written to. */
const mailerFor = (settings: ReportsSettings): Mailer | undefined =>
  settings.REPORTS_MAIL_DOMAINS.length === 0 ? undefined : mailerOf(settings);

const mailNotices = (settings: ReportsSettings, needs: NoticesNeeds, mailer: Mailer | undefined): readonly Relay[] => {
  if (!mailer) return [];
  const { REPORTS_MAIL_FROM: from, REPORTS_MAIL_DOMAINS: domains, REPORTS_FILE_URL: link } = settings;
  return [noticesByMail({ ...needs, mailer, from, domains, link, runs: runTable(needs.pool) })];
};

const relaysOf = (
  { settings, pool, clock, log }: ReportsKit,
  news: ReturnType<typeof bell>,
  mailer: Mailer | undefined,
): readonly Relay[] => {
  const onTrouble = (error: unknown, receiver: string): void =>
    log.warn({ err: error, receiver }, 'a report’s end could not be told, and is tried again');
  const needs = { pool, clock, news, onTrouble };
  return [...webhookNotices(settings, needs), ...mailNotices(settings, needs, mailer)];
};

type Runner = Required<Pick<Parts, 'start' | 'stop'>>;

const together = (runners: readonly Runner[]): Runner => ({
  start: async () => {
    for (const each of runners) await each.start();
  },
  stop: async () => {
    await Promise.all(runners.map((each) => each.stop()));
  },
});

/** The way to the mail server is closed after the last mail. */
const noticing = (relays: readonly Relay[], mailer: Mailer | undefined): Runner => {
  const { start, stop } = relaying(relays, () => Promise.resolve());
  return { start, stop: () => stop().finally(() => mailer?.close()) };
};

/** Questions of one’s own. */
export const reportParts = (kit: ReportsKit): Required<Pick<Parts, 'controllers' | 'providers' | 'checks'>> & Runner => {
  const { settings, pool, clock, now, log } = kit;
  const news = bell();
  const [answering, store, shelf, runs] = [answeringOf(kit), storeOf(settings), reportTable(pool), runTable(pool)];
  const mailer = mailerFor(settings);
  const reports = createReports({
    ...{ shelf, runs, answering, store, nextTime, news, now },
    webhookOrigins: settings.REPORTS_WEBHOOK_ORIGINS,
    mailDomains: mailer && settings.REPORTS_MAIL_DOMAINS,
  });
  const relays = relaysOf(kit, news, mailer);
  const most = { rows: settings.REPORTS_MOST_ROWS, bytes: settings.REPORTS_MOST_MB * 1_000_000 };
  const onTrouble = (error: unknown): void => log.warn({ err: error }, 'a report could not be run, and is tried again');
  const workers =
    answering && store
      ? [
          working({
            ...{ shelf, runs, answering, store, nextTime, idFor, clock, news, most, onTrouble },
            writerOf: (format, columns) => writers[format](columns),
          }),
          forgettingOf(kit, store),
        ]
      : [];
  return {
    controllers: [ReportsController],
    providers: [{ provide: REPORTS, useValue: reports }],
    checks: relays.length === 0 ? [] : [relayCheck('report notices', () => relays)],
    ...together([...workers, noticing(relays, mailer)]),
  };
};
