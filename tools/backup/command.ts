import type { LogReport } from '@cartage/service-kit';
import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import { brokenFiles, readManifest, type Manifest } from './manifest';
import type { Restored } from './restoring';

export const usage = `Usage:
  npm run backup -- take <folder that is not there yet>
  npm run backup -- check <folder>
  npm run backup -- restore <folder> [--send-again-hours 24]
Which database: DATABASE_URL (and VAULT_DATABASE_URL), as the services have them; to restore, that of an empty database and the master key, too (MASTER_KEY or MASTER_KEY_FILE).
With Kafka say --send-again-hours: docs/how-to/back-up-and-restore.md.`;

const options = { 'send-again-hours': { type: 'string' } } as const;

/** Whoever takes backups and puts them back. */
export interface Backups {
  take(folder: string): Promise<Manifest>;
  restore(folder: string, sendAgainHours: number | undefined): Promise<Restored>;
  /** Whether the logs are what was signed for. */
  verify(): Promise<readonly LogReport[]>;
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

const logLine = ({ log, breaks, events }: LogReport): string =>
  `The log of ${log} ${breaks.length === 0 ? `holds: ${events.toLocaleString('en')} events are what was signed for` : 'IS BROKEN: npm run log -- verify says where'}.`;

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

const commands: Readonly<Record<string, (backups: Backups, folder: string, hours: number | undefined) => Promise<Done>>> = {
  take,
  check,
  restore,
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], backups: Backups): Promise<Done> => {
  const { values, positionals } = parsed(args, options, usage);
  const [verb = '', folder, ...rest] = positionals;
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  if (!command || folder === undefined || rest.length > 0) throw new Trouble(usage);
  return command(backups, folder, hoursIn(values['send-again-hours']));
};
