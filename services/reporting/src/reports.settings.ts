import { mailSettings, wholeNumber, type MailSettings, type SettingsSpec } from '@cartage/service-kit';
import { EnvError, makeValidator, str } from 'envalid';

export interface ReportsSettings extends MailSettings {
  readonly REPORTS_DATABASE_URL: string | undefined;
  readonly REPORTS_FOLDER: string | undefined;
  readonly REPORTS_S3_URL: string | undefined;
  readonly REPORTS_S3_REGION: string;
  readonly REPORTS_S3_PREFIX: string;
  readonly REPORTS_S3_KEY_ID: string | undefined;
  readonly REPORTS_S3_SECRET: string | undefined;
  readonly REPORTS_WEBHOOK_ORIGINS: readonly string[];
  readonly REPORTS_WEBHOOK_SECRET: string | undefined;
  readonly REPORTS_MAIL_FROM: string;
  readonly REPORTS_MAIL_DOMAINS: readonly string[];
  readonly REPORTS_FILE_URL: string | undefined;
  readonly REPORTS_SECONDS: number;
  readonly REPORTS_MOST_ROWS: number;
  readonly REPORTS_MOST_MB: number;
  readonly REPORTS_DAYS: number;
}

const url = (...protocols: readonly string[]) =>
  makeValidator<string>((input) => {
    if (URL.canParse(input) && protocols.includes(new URL(input).protocol)) return input;
    throw new EnvError('not such a URL');
  });

/** With the bucket in its path. */
const bucket = makeValidator<string>((input) => {
  if (URL.canParse(input) && /^https?:\/\/[^/]+\/[^/?#]+\/?$/.test(input)) return input.replace(/\/$/, '');
  throw new EnvError('not the URL of a bucket');
});

const secret = makeValidator<string>((input) => {
  if (Buffer.from(input.replace(/^whsec_/, ''), 'base64').length >= 24) return input;
  throw new EnvError('too short a secret');
});

const isOrigin = (text: string): boolean => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;

const origins = makeValidator<readonly string[]>((input) => {
  const all = input.split(',').map((each) => each.trim());
  if (input === '') return [];
  if (all.every(isOrigin)) return all;
  throw new EnvError('not a list of origins');
});

const isDomain = (text: string): boolean => /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{1,63}$/.test(text);

const domains = makeValidator<readonly string[]>((input) => {
  const all = input === '' ? [] : input.split(',').map((each) => each.trim().toLowerCase());
  if (all.every(isDomain)) return all;
  throw new EnvError('not a list of domains');
});

const sender = makeValidator<string>((input) => {
  if (/^(?:[^\r\n<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(input)) return input;
  throw new EnvError('not a sender');
});

const filePage = makeValidator<string>((input) => {
  if (input.includes('{run}') && /^https?:/.test(input) && URL.canParse(input.replaceAll(/[{}]/g, ''))) return input;
  throw new EnvError('no {run} in it');
});

const store: SettingsSpec<
  Pick<
    ReportsSettings,
    'REPORTS_FOLDER' | 'REPORTS_S3_URL' | 'REPORTS_S3_REGION' | 'REPORTS_S3_PREFIX' | 'REPORTS_S3_KEY_ID' | 'REPORTS_S3_SECRET'
  >
> = {
  REPORTS_FOLDER: str({ desc: 'the folder that reports write their files to, where there is no REPORTS_S3_URL.', default: undefined }),
  REPORTS_S3_URL: bucket({
    desc: 'the bucket that reports write their files to: of S3, or of anything that speaks as it does.',
    default: undefined,
    example: 'https://s3.eu-central-1.amazonaws.com/numbers',
  }),
  REPORTS_S3_REGION: str({ desc: 'the region of REPORTS_S3_URL.', default: 'us-east-1' }),
  REPORTS_S3_PREFIX: str({ desc: 'what the names of all files in the bucket begin with.', default: 'reports/' }),
  REPORTS_S3_KEY_ID: str({ desc: 'who writes to REPORTS_S3_URL.', default: undefined }),
  REPORTS_S3_SECRET: str({ desc: 'the secret key of REPORTS_S3_KEY_ID.', default: undefined }),
};

const mails: SettingsSpec<MailSettings & Pick<ReportsSettings, 'REPORTS_MAIL_FROM' | 'REPORTS_MAIL_DOMAINS' | 'REPORTS_FILE_URL'>> = {
  ...mailSettings('mails about reports'),
  REPORTS_MAIL_FROM: sender({
    desc: 'the sender of mails about reports.',
    default: 'Cartage <reports@cartage.invalid>',
    example: 'Acme <numbers@acme.example>',
  }),
  REPORTS_MAIL_DOMAINS: domains({
    desc: 'whose mailboxes may get a mail when a report is ready: domains, with a comma between them. Nobody else gets one, whatever a report says.',
    default: [],
    example: 'acme.example',
  }),
  REPORTS_FILE_URL: filePage({
    desc: 'where whoever gets such a mail opens a file, with {run} and {format} in it. Without it the mail has its name in the folder or the bucket.',
    default: undefined,
    example: 'https://cartage.example.com/reporting/runs/{run}/files/{format}',
  }),
};

export const reportsSettings: SettingsSpec<ReportsSettings> = {
  REPORTS_DATABASE_URL: url(
    'postgres:',
    'postgresql:',
  )({
    desc: 'as whom reports are asked: a role that may read the public names of the star, and nothing else (the line analyst of `npm run roles`). Without it there are no reports.',
    default: undefined,
    example: 'postgres://cartage_analyst:<password>@db.example.com/cartage',
  }),
  ...store,
  REPORTS_WEBHOOK_ORIGINS: origins({
    desc: 'who may be told that a report is ready: origins, with a comma between them. Nobody else is told, whatever a report says.',
    default: [],
    example: 'https://hooks.example.com',
  }),
  REPORTS_WEBHOOK_SECRET: secret({
    desc: 'signs what is posted to webhooks of reports, as Standard Webhooks has it: base64 of at least 24 bytes.',
    default: undefined,
  }),
  ...mails,
  REPORTS_SECONDS: wholeNumber(1, 86_400)({ desc: 'how long a report may take.', default: 600 }),
  REPORTS_MOST_ROWS: wholeNumber(1, 1_000_000_000)({ desc: 'how many rows a report may have.', default: 5_000_000 }),
  REPORTS_MOST_MB: wholeNumber(1, 1_000_000)({ desc: 'how large a file of a report may be.', default: 2_000 }),
  REPORTS_DAYS: wholeNumber(1, 3_650)({ desc: 'how long runs of reports and their files are kept.', default: 30 }),
};
