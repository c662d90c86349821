import { EnvError, makeValidator, str } from 'envalid';
import { StartFailure } from '../start/failure';
import type { SettingsSpec } from '../settings/settings';

export interface ArchiveSettings {
  readonly LOG_ARCHIVE: string | undefined;
  readonly LOG_ARCHIVE_S3_ENDPOINT: string | undefined;
  readonly LOG_ARCHIVE_S3_REGION: string;
  readonly LOG_ARCHIVE_S3_KEY_ID: string | undefined;
  readonly LOG_ARCHIVE_S3_SECRET: string | undefined;
}

const S3 = 's3://';
const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*))?\/?$/;

/** A bucket and a prefix below it; anything else is a folder. */
const place = makeValidator<string>((input) => {
  if (!input.startsWith(S3) || BUCKET.test(input)) return input;
  throw new EnvError('not such a bucket');
});

const endpoint = makeValidator<string>((input) => {
  if (URL.canParse(input) && /^https?:\/\/[^/?#]+\/?$/.test(input)) return input.replace(/\/$/, '');
  throw new EnvError('not where a store answers');
});

export const archiveSpec: SettingsSpec<ArchiveSettings> = {
  LOG_ARCHIVE: place({
    desc: 'where old events of the logs are archived to, the same for every process: a folder, or a bucket as s3://<bucket>/<prefix> (docs/how-to/archive-the-log.md).',
    default: undefined,
    example: 's3://acme-cartage/archive',
  }),
  LOG_ARCHIVE_S3_ENDPOINT: endpoint({
    desc: 'where the store of LOG_ARCHIVE answers, without the bucket: of anything that speaks S3. Without it Amazon’s of the region.',
    default: undefined,
    example: 'https://minio.example.com:9000',
  }),
  LOG_ARCHIVE_S3_REGION: str({ desc: 'the region of the bucket in LOG_ARCHIVE.', default: 'us-east-1' }),
  LOG_ARCHIVE_S3_KEY_ID: str({ desc: 'who reads the bucket in LOG_ARCHIVE, and who archives writes to it.', default: undefined }),
  LOG_ARCHIVE_S3_SECRET: str({ desc: 'the secret key of LOG_ARCHIVE_S3_KEY_ID.', default: undefined }),
};

const required = (settings: ArchiveSettings, name: 'LOG_ARCHIVE_S3_KEY_ID' | 'LOG_ARCHIVE_S3_SECRET'): string => {
  const value = settings[name];
  if (value !== undefined) return value;
  throw new StartFailure([`Setting ${name} is missing: the bucket of LOG_ARCHIVE is of no use without it.`]);
};

export interface BucketOfArchive {
  readonly endpoint: string;
  readonly region: string;
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The bucket that this place names; nothing where it is a folder. */
export const bucketIn = (named: string, settings: ArchiveSettings): BucketOfArchive | undefined => {
  const [, bucket, path] = BUCKET.exec(named) ?? [];
  if (bucket === undefined) return undefined;
  const { LOG_ARCHIVE_S3_REGION: region, LOG_ARCHIVE_S3_ENDPOINT: at = `https://s3.${region}.amazonaws.com` } = settings;
  return {
    ...{ endpoint: `${at}/${bucket}`, region, prefix: path === undefined ? '' : `${path}/` },
    accessKeyId: required(settings, 'LOG_ARCHIVE_S3_KEY_ID'),
    secretAccessKey: required(settings, 'LOG_ARCHIVE_S3_SECRET'),
  };
};
