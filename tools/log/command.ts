import { readFileSync } from 'node:fs';
import { messageOf } from '@cartage/eventsourcing';
import type { LogReport, LogsToVerify } from '@cartage/service-kit';
import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import { codeOf, notShown } from '../client/verdict';

export const usage = `Usage:
  npm run log -- verify [--log orders] [--public-key cartage-log.pem] [--json]
  npm run log -- public-key > cartage-log.pem
Which database: DATABASE_URL, of who may read all schemas, or that of the log; without --public-key the master key, too (MASTER_KEY or MASTER_KEY_FILE).`;

const options = {
  log: { type: 'string' },
  'public-key': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** What the command asks of the logs. */
export interface Logs {
  verify(what: LogsToVerify): Promise<readonly LogReport[]>;
  publicKey(): Promise<string>;
}

/** The public key in a file, in PEM. */
export const keyIn = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Trouble(`--public-key ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
};

/** What is wrong with events of a log, as the end of a sentence about them. */
export const sayingOfBreaks: Readonly<Record<LogReport['breaks'][number]['kind'], string>> = {
  'events-changed': 'are not what was signed for',
  'events-missing': 'are not all there any more',
  'not-signed': 'are under an attestation that this key did not sign',
  'not-linked': 'are under an attestation that does not hold on to the one before: one was taken out, put in, or made anew',
  'of-another-log': 'are under an attestation of another log',
};

const count = (n: number): string => n.toLocaleString('en');

const verdictOf = ({ events, breaks }: LogReport): string => {
  if (breaks.length > 0) return 'IS BROKEN';
  return events > 0 ? 'holds' : notShown;
};

const linesOf = (report: LogReport): readonly string[] => {
  const { log, attestations, events, unattested, breaks } = report;
  return [
    `${log}: ${verdictOf(report)}. ${count(events)} events under ${count(attestations)} attestations, ${count(unattested)} later ones not attested yet.`,
    ...breaks.map(({ kind, first, last }) => `  Events ${count(first)} to ${count(last)} ${sayingOfBreaks[kind]}.`),
  ];
};

const verified = async (logs: Logs, what: LogsToVerify, asJson: boolean): Promise<Done> => {
  const reports = await logs.verify(what);
  if (reports.length === 0) throw new Trouble('This database has no log that is attested: is DATABASE_URL that of the services?');
  const text = asJson ? JSON.stringify(reports, undefined, 2) : reports.flatMap(linesOf).join('\n');
  return { text, code: codeOf(reports.map(({ events, breaks }) => ({ of: events, wrong: breaks.length }))) };
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], logs: Logs): Promise<Done> => {
  const { values, positionals } = parsed(args, options, usage);
  const [verb, ...rest] = positionals;
  if (rest.length > 0) throw new Trouble(`One thing at a time, not ${positionals.join(' ')}.\n${usage}`);
  if (verb === 'public-key') return { text: (await logs.publicKey()).trimEnd(), code: 0 };
  if (verb !== 'verify') throw new Trouble(usage);
  const { 'public-key': publicKey } = values;
  return verified(logs, { log: values.log, publicKey: publicKey === undefined ? undefined : keyIn(publicKey) }, values.json);
};
