import type { LogsToArchive } from '@cartage/service-kit';
import type { ArchivedFile, ProvenLog } from '@cartage/event-store';
import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import { codeOf, notShown } from '../client/verdict';
import { keyIn, sayingOfBreaks } from '../log/command';

export const usage = `Usage:
  npm run archive -- run [--days 730] [--service order] [--again]
  npm run archive -- check [--service order]
  npm run archive -- verify --files <folder|s3://bucket/prefix> --public-key cartage-log.pem
run     moves what is older than so many days, and of streams that are over, out of the logs' tables into files
        --again   judges the streams of earlier files again, too: after an upgrade that judges otherwise
check   compares every file with what was written; whether it is what was signed for says npm run log -- verify
verify  proves files by themselves, without the database: every event against what was signed for, from the first one of each log on; the key is what npm run log -- public-key prints
Which database and which folder or bucket: DATABASE_URL and LOG_ARCHIVE, as the services have them.`;

const options = {
  days: { type: 'string', default: '730' },
  service: { type: 'string' },
  again: { type: 'boolean', default: false },
  files: { type: 'string' },
  'public-key': { type: 'string' },
} as const;

export interface FilesOfLog {
  readonly log: string;
  readonly files: readonly {
    readonly file: string;
    readonly first: number;
    readonly last: number;
    readonly bytes: number;
    readonly standing: string;
  }[];
}

/** Whoever has the logs and the folder; of all services, or of the one that is named. */
export interface Archives {
  readonly services: readonly string[];
  run(
    service: string | undefined,
    what: Pick<LogsToArchive, 'days' | 'again' | 'onFile'>,
  ): Promise<readonly { readonly log: string; readonly files: readonly ArchivedFile[] }[]>;
  check(service: string | undefined): Promise<readonly FilesOfLog[]>;
  /** Of the files at this place, with this key in PEM. */
  prove(place: string, publicKey: string): Promise<readonly ProvenLog[]>;
}

/** Whom lines are shown to while it goes on. */
export type Saying = (line: string) => void;

const count = (n: number): string => n.toLocaleString('en');

const daysIn = (text: string): number => {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new Trouble(`--days is a whole number such as 730, not ${text}.\n${usage}`);
};

const serviceIn = ({ services }: Archives, name: string | undefined): string | undefined => {
  if (name === undefined || services.includes(name)) return name;
  throw new Trouble(`No log of ${name} can be archived: of ${services.join(', ')} only.\n${usage}`);
};

const saidOf = ({ file, first, last, left }: ArchivedFile): string =>
  `${file}: events ${count(first)} to ${count(last)}, of which ${count(left)} have left the table.`;

const sum = (files: readonly ArchivedFile[], of: (file: ArchivedFile) => number): number => files.reduce((all, file) => all + of(file), 0);

type Values = ReturnType<typeof argumentsOf>['values'];
const argumentsOf = (args: readonly string[]) => parsed(args, options, usage);

const archived = async (archives: Archives, { days, service, again }: Values, say: Saying): Promise<Done> => {
  const done = await archives.run(serviceIn(archives, service), { days: daysIn(days), again, onFile: (_, file) => say(saidOf(file)) });
  const lines = done.map(({ log, files }) =>
    files.length === 0
      ? `${log}: nothing is old enough and signed for that was not archived before.`
      : `${log}: ${count(files.length)} files; ${count(sum(files, ({ left }) => left))} events have left the table.`,
  );
  return { text: lines.join('\n'), code: 0 };
};

const checked = async (archives: Archives, { service }: Values): Promise<Done> => {
  const logs = await archives.check(serviceIn(archives, service));
  const lines = logs.flatMap(({ log, files }) => {
    if (files.length === 0) return [`${log}: ${notShown}: nothing of it was archived.`];
    const wrong = files.filter(({ standing }) => standing !== 'whole');
    const bytes = files.reduce((all, each) => all + each.bytes, 0);
    return [
      `${log}: ${count(files.length)} files, ${count(bytes)} bytes, events 1 to ${count(files.at(-1)?.last ?? 0)}${wrong.length === 0 ? ': whole.' : '.'}`,
      ...wrong.map(({ file, standing }) => `  ${file} is ${standing}: put it back from where its copies are.`),
    ];
  });
  const verdicts = logs.map(({ files }) => ({ of: files.length, wrong: files.filter(({ standing }) => standing !== 'whole').length }));
  return { text: lines.join('\n'), code: codeOf(verdicts) };
};

const whyUnproven: Readonly<Record<ProvenLog['unproven'][number]['why'], string>> = {
  missing: 'is missing',
  changed: 'is not as it was written',
  'no-manifest': 'has no .json beside it that says what was signed for',
  'manifest-unreadable': 'cannot be read as what was signed for',
};

const provenLines = ({ log, files, attestations, events, last, breaks, unproven }: ProvenLog): readonly string[] => {
  const of = `${count(files)} files: ${count(events)} events, up to ${count(last?.last ?? 0)}, under ${count(attestations)} attestations`;
  const wrong = breaks.length + unproven.length;
  return [
    `${log}: ${wrong > 0 ? `IS BROKEN, of ${of}` : events > 0 ? `holds, of ${of}` : notShown}.`,
    ...unproven.map(({ file, why }) => `  ${file} ${whyUnproven[why]}.`),
    ...breaks.map(({ kind, first, last: end }) => `  Events ${count(first)} to ${count(end)} ${sayingOfBreaks[kind]}.`),
  ];
};

const proved = async (archives: Archives, { files, 'public-key': keyFile }: Values): Promise<Done> => {
  if (files === undefined || keyFile === undefined)
    throw new Trouble(`verify needs --files, where they are, and --public-key, by whom they must have been signed.\n${usage}`);
  const logs = await archives.prove(files, keyIn(keyFile));
  if (logs.length === 0) throw new Trouble(`There is no file of an archived log at ${files}.`);
  const verdicts = logs.map(({ events, breaks, unproven }) => ({ of: events, wrong: breaks.length + unproven.length }));
  return { text: logs.flatMap(provenLines).join('\n'), code: codeOf(verdicts) };
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], archives: Archives, say: Saying): Promise<Done> => {
  const { values, positionals } = argumentsOf(args);
  const [verb, ...rest] = positionals;
  if (rest.length > 0) throw new Trouble(`One thing at a time, not ${positionals.join(' ')}.\n${usage}`);
  if (verb === 'run') return archived(archives, values, say);
  if (verb === 'check') return checked(archives, values);
  if (verb === 'verify') return proved(archives, values);
  throw new Trouble(usage);
};
