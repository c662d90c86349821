import type { LogReport } from '@cartage/service-kit';
import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import { notShown } from '../client/verdict';
import { brokenFiles, readManifest, type Manifest } from './manifest';
import type { Restored } from './restoring';
import type { TopicReport } from './topics';

export const usage = `Usage:
  npm run backup -- take <folder that is not there yet>
  npm run backup -- check <folder>
  npm run backup -- restore <folder> [--send-again-hours 24]
  npm run backup -- topics [--last 1000]
Which database: DATABASE_URL, of who may read all schemas (and VAULT_DATABASE_URL, where data keys are in a database of their own); to restore, that of an empty database and the master key, too (MASTER_KEY or MASTER_KEY_FILE).
topics: what the ends of the topics (so many records of each partition, in KAFKA_BROKERS) have that the logs do not; ends with 1 where there is any.
With Kafka say --send-again-hours: docs/how-to/back-up-and-restore.md.`;

const options = { 'send-again-hours': { type: 'string' }, last: { type: 'string', default: '1000' } } as const;

/** Whoever takes backups and puts them back. */
export interface Backups {
  take(folder: string): Promise<Manifest>;
  restore(folder: string, sendAgainHours: number | undefined): Promise<Restored>;
  /** Whether the logs are what was signed for. */
  verify(): Promise<readonly LogReport[]>;
  /** What the last records of each partition of the topics have that the logs do not. */
  topics(last: number): Promise<readonly TopicReport[]>;
}

const rowsOf = ({ schemas }: Manifest): number => schemas.flatMap(({ tables }) => tables).reduce((sum, { rows }) => sum + rows, 0);

const saidOf = (manifest: Manifest): string =>
  `${manifest.schemas.length} schemas, ${rowsOf(manifest).toLocaleString('en')} rows, as they stood at ${manifest.takenAt}`;

const hoursIn = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const hours = Number(text);
  if (Number.isFinite(hours) && hours >= 0) return hours;
  throw new Trouble(`--send-again-hours is a number such as 24, not ${text}.`);
};

const take = async (backups: Backups, folder: string): Promise<Done> => {
  const manifest = await backups.take(folder);
  return {
    text: `${folder}: ${saidOf(manifest)}. The master key is not in it: keep it elsewhere, for without it no personal data can be read.`,
    code: 0,
  };
};

const check = async (_: Backups, folder: string): Promise<Done> => {
  const manifest = readManifest(folder);
  const broken = await brokenFiles(folder, manifest);
  if (broken.length === 0) return { text: `${folder} is whole: ${saidOf(manifest)}.`, code: 0 };
  return { text: `${folder} is not as it was written: ${broken.join(', ')}.`, code: 1 };
};

const logVerdict = ({ breaks, events }: LogReport): string => {
  if (breaks.length > 0) return 'IS BROKEN: npm run log -- verify says where';
  return events > 0 ? `holds: ${events.toLocaleString('en')} events are what was signed for` : `is ${notShown}: none of it was signed for`;
};

const logLine = (report: LogReport): string => `The log of ${report.log} ${logVerdict(report)}.`;

const restore = async (backups: Backups, folder: string, hours: number | undefined): Promise<Done> => {
  const { manifest, rows, leftOut } = await backups.restore(folder, hours);
  const logs = await backups.verify();
  const lines = [
    `${rows.toLocaleString('en')} rows are back, ${saidOf(manifest)}.`,
    ...leftOut.map((table) => `${table} is a view of another version: it is made anew when the service starts.`),
    ...logs.map(logLine),
    'Start the services, and ask GET /inventory/verify whether the stock adds up.',
  ];
  return { text: lines.join('\n'), code: logs.every(({ breaks }) => breaks.length === 0) ? 0 : 1 };
};

const lastIn = (text: string): number => {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Trouble(`--last is a whole number such as 1000, not ${text}.`);
};

const count = (n: number): string => n.toLocaleString('en');

const topicLine = ({ log, topic, looked, unknown, since, orMore }: TopicReport): string =>
  unknown === 0
    ? `${topic}: ${count(looked)} records were looked at, and the log of ${log} has all of them.`
    : `${topic}: of ${count(looked)} records that were looked at the log of ${log} lacks ${count(unknown)}${orMore ? ' or more (--last)' : ''}, since ${since ?? 'long ago'}.`;

const AHEAD =
  'Whoever heard of these knows of what never happened. Stop the services, delete the topics and the groups of the services, and restore with --send-again-hours: docs/how-to/back-up-and-restore.md.';

const topics = async (backups: Backups, last: number): Promise<Done> => {
  const reports = await backups.topics(last);
  const isAhead = reports.some(({ unknown }) => unknown > 0);
  if (reports.length === 0) return { text: 'This Kafka has no topic of these services: they make them when they start.', code: 0 };
  return { text: [...reports.map(topicLine), ...(isAhead ? [AHEAD] : [])].join('\n'), code: isAhead ? 1 : 0 };
};

const commands: Readonly<Record<string, (backups: Backups, folder: string, hours: number | undefined) => Promise<Done>>> = {
  take,
  check,
  restore,
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], backups: Backups): Promise<Done> => {
  const { values, positionals } = parsed(args, options, usage);
  const [verb = '', folder, ...rest] = positionals;
  if (verb === 'topics' && folder === undefined) return topics(backups, lastIn(values.last));
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  if (!command || folder === undefined || rest.length > 0) throw new Trouble(usage);
  return command(backups, folder, hoursIn(values['send-again-hours']));
};
