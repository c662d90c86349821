import { EnvError, makeValidator, str } from 'envalid';
import { archiveSpec, type ArchiveSettings } from '../archiving/settings';
import { authSpec, requireGuarded, type AuthSettings } from '../auth/settings';
import { databaseTlsSpec, withDatabaseTls, type DatabaseTlsSettings } from '../postgres/settings';
import { kafkaSpec, requireSecured, type KafkaSettings } from '../kafka/settings';
import { tracingSpec, type TracingSettings } from '../tracing/settings';
import { encryptionSpec, requireEncrypted, type EncryptionSettings } from './encryption';
import { readSettings, type Environment, type SettingsSpec } from './settings';
import { wholeNumber } from './whole-number';

/** What a process does: answer requests, follow (listeners, publisher, views, deadlines), both; or make schemas and tables, and end. */
export type Role = 'api' | 'worker' | 'all' | 'migrate';

/** What every process of Cartage is told. */
export interface CommonSettings
  extends AuthSettings, KafkaSettings, TracingSettings, DatabaseTlsSettings, EncryptionSettings, ArchiveSettings {
  readonly HOST: string;
  readonly PORT: number;
  readonly DATABASE_URL: string;
  readonly EVENT_STORE_URL: string | undefined;
  readonly VAULT_DATABASE_URL: string | undefined;
  readonly MASTER_KEY: Buffer | undefined;
  readonly MASTER_KEY_FILE: string | undefined;
  readonly MASTER_KEY_PREVIOUS: Buffer | undefined;
  readonly SERVICE_URLS: ReadonlyMap<string, string> | undefined;
  readonly LOG_LEVEL: string;
  readonly ROLE: Role;
  readonly POOL_SIZE: number;
  readonly MAX_REQUESTS: number;
  readonly DRAIN_DELAY_MS: number | undefined;
  readonly SHUTDOWN_TIMEOUT_MS: number;
  readonly START_PATIENCE_SECONDS: number;
}

const urlOf = (schemes: readonly string[]) =>
  makeValidator((input) => {
    const url = URL.canParse(input) ? new URL(input) : undefined;
    if (url && schemes.includes(url.protocol.slice(0, -1))) return input;
    throw new EnvError('not such a URL');
  });

const postgresUrl = urlOf(['postgres', 'postgresql']);
const kurrentUrl = urlOf(['kurrentdb', 'kurrentdb+discover', 'esdb', 'esdb+discover']);

const serviceUrls = makeValidator<ReadonlyMap<string, string>>((input) => {
  const pairs = input.split(',').map((pair) => pair.trim().split('=', 2) as [string, string?]);
  const urls = pairs.flatMap(([name, url]) => (url !== undefined && URL.canParse(url) ? [[name, url.replace(/\/$/, '')] as const] : []));
  if (urls.length === pairs.length) return new Map(urls);
  throw new EnvError('not a list of services and their addresses');
});

/** A 256-bit key in base64. */
export const keyIn = (text: string): Buffer | undefined => {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === 32 ? key : undefined;
};

const masterKey = makeValidator<Buffer>((input) => {
  const key = keyIn(input);
  if (key) return key;
  throw new EnvError('not a key');
});

const makeKey = 'Make one with: openssl rand -base64 32';

const vaultSpec: SettingsSpec<Pick<CommonSettings, 'VAULT_DATABASE_URL' | 'MASTER_KEY' | 'MASTER_KEY_FILE' | 'MASTER_KEY_PREVIOUS'>> = {
  VAULT_DATABASE_URL: postgresUrl({ desc: 'the Postgres that keeps the data keys, if not DATABASE_URL.', default: undefined }),
  MASTER_KEY: masterKey({ desc: `the key that wraps all data keys: 32 bytes in base64. ${makeKey}.`, default: undefined }),
  MASTER_KEY_FILE: str({ desc: 'the file that holds MASTER_KEY.', default: undefined }),
  MASTER_KEY_PREVIOUS: masterKey({
    desc: 'another master key that unwraps, too, while the master key is rotated; what it wraps is wrapped anew.',
    default: undefined,
  }),
};

type Work = Pick<
  CommonSettings,
  'ROLE' | 'POOL_SIZE' | 'MAX_REQUESTS' | 'DRAIN_DELAY_MS' | 'SHUTDOWN_TIMEOUT_MS' | 'START_PATIENCE_SECONDS'
>;

/** What a process does, how much of it at once, how it starts and how it stops. */
const workSpec: SettingsSpec<Work> = {
  ROLE: str<Role>({
    desc: 'what this process does: answer requests (api), follow what happens (worker), or both (all); or bring the tables up to date, and end (migrate).',
    choices: ['all', 'api', 'worker', 'migrate'],
    default: 'all',
  }),
  POOL_SIZE: wholeNumber(2, 200)({ desc: 'connections of each service to its database, 2 to 200.', default: 8 }),
  MAX_REQUESTS: wholeNumber(
    1,
    100_000,
  )({ desc: 'requests in hand at once, 1 to 100000; whoever comes then is answered 503 at once.', default: 1_000 }),
  DRAIN_DELAY_MS: wholeNumber(
    0,
    600_000,
  )({
    desc: 'how long requests are still answered after readiness says no, so that whoever sends them looks elsewhere, in milliseconds. 5000 with Kafka, else 0.',
    default: undefined,
  }),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(
    100,
    600_000,
  )({
    desc: 'how long a stop may take, after the drain delay, before it is forced, in milliseconds, 100 to 600000.',
    default: 10_000,
  }),
  START_PATIENCE_SECONDS: wholeNumber(
    0,
    3_600,
  )({
    desc: 'how long a start waits for a Postgres or a KurrentDB that is away, 0 to 3600; then it ends with code 75.',
    default: 60,
  }),
};

/** The settings of every process; a service adds its own. */
export const commonSettings = (defaultPort: number): SettingsSpec<CommonSettings> => ({
  HOST: str({ desc: 'the address to listen on.', default: '127.0.0.1', example: '0.0.0.0' }),
  PORT: wholeNumber(0, 65_535)({ desc: 'the port to listen on, 1 to 65535; 0 for any free one.', default: defaultPort }),
  DATABASE_URL: postgresUrl({
    desc: 'the Postgres that keeps the data.',
    example: 'postgres://cartage:<password>@localhost:5432/cartage',
  }),
  ...databaseTlsSpec,
  EVENT_STORE_URL: kurrentUrl({
    desc: 'the KurrentDB that keeps the event log of services that can use one, if not DATABASE_URL.',
    default: undefined,
    example: 'kurrentdb://localhost:2113?tls=false',
  }),
  ...archiveSpec,
  ...kafkaSpec,
  ...encryptionSpec,
  ...vaultSpec,
  SERVICE_URLS: serviceUrls({
    desc: 'where the other services answer, for the audit over all of them: <service>=<address> parted by commas.',
    default: undefined,
    example: 'order=http://order:3001,inventory=http://inventory:3002',
  }),
  ...authSpec,
  LOG_LEVEL: str({ desc: 'how much is logged.', choices: ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], default: 'info' }),
  ...tracingSpec,
  ...workSpec,
});

/** Reads what every process is told, and refuses what would be unsafe. */
export const readCommonSettings = (environment: Environment, defaultPort: number): CommonSettings => {
  const settings = withDatabaseTls(readSettings(commonSettings(defaultPort), environment));
  requireGuarded(settings);
  requireSecured(settings);
  requireEncrypted(settings);
  return settings;
};
