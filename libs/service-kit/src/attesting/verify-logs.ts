import { attestedLogIn, checkAllAttestations, VerifyingKey, type ArchiveFiles, type Checked } from '@cartage/event-store';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { logger } from '../logging';
import { poolOf, requireSchemaName } from '../postgres/pools';
import { sayingUnreadable, unreadableOf } from '../postgres/readable';
import { readCommonSettings, type CommonSettings } from '../settings/common';
import type { Environment } from '../settings/settings';
import { closers, type Closers } from '../start/closers';
import { StartFailure } from '../start/failure';
import { archiveIn } from '../archiving/archive-in';
import { openVault } from '../vault/open';

/** What the attestations of one log say of it. */
export interface LogReport extends Checked {
  readonly log: string;
  /** Events that no attestation holds yet. */
  readonly unattested: number;
}

export interface LogsToVerify {
  /** One log, by its schema; all that the database has unless given. */
  readonly log?: string | undefined;
  /** Who must have signed, in PEM: then no master key is needed. The key in the vault unless given. */
  readonly publicKey?: string | undefined;
}

const LOGS = `select schemaname as name from pg_tables where tablename = 'log_attestation' order by schemaname`;

const verifyOne = async (pool: Pool, log: string, key: VerifyingKey, archive?: ArchiveFiles): Promise<LogReport> => {
  const attested = attestedLogIn(pool, log, archive);
  const checked = await checkAllAttestations(attested, [key]);
  const { events: unattested } = await attested.unattested();
  return { log, ...checked, unattested };
};

/** All that are to be verified, or nothing: of a log that may not be read nobody could say that it holds. */
const logsOf = async (pool: Pool, wanted: string | undefined): Promise<readonly string[]> => {
  const there = (await pool.query<{ readonly name: string }>(LOGS)).rows.map(({ name }) => name);
  if (wanted !== undefined && !there.includes(wanted)) throw new RangeError(`There is no log ${wanted}; there are ${there.join(', ')}.`);
  const asked = there.filter((each) => wanted === undefined || each === wanted);
  const unreadable = await unreadableOf(pool, asked);
  if (unreadable.length > 0) throw new StartFailure([`${sayingUnreadable(unreadable)} Or verify one log: --log.`]);
  return asked;
};

const withSettings = async <Result>(
  environment: Environment,
  work: (settings: CommonSettings, log: Logger, opened: Closers) => Promise<Result>,
): Promise<Result> => {
  const opened = closers();
  const settings = readCommonSettings(environment, 0);
  try {
    return await work(settings, logger('silent'), opened);
  } finally {
    await opened.close();
  }
};

const keyInVault = async (settings: CommonSettings, log: Logger, opened: Closers): Promise<VerifyingKey> =>
  (await (await openVault(settings, log, opened)).signingKey()).verifying;

/** The public half of the key that signs for the logs, in PEM. For a command. */
export const publicKeyOfLogs = (environment: Environment): Promise<string> =>
  withSettings(environment, async (...opening) => (await keyInVault(...opening)).pem);

/** Looks at every attestation of the logs in DATABASE_URL and at every event under them; writes nothing. Throws `RangeError` for a log that is not there and for a key that is none. For a command. */
export const verifyLogs = (environment: Environment, { log: wanted, publicKey }: LogsToVerify): Promise<readonly LogReport[]> =>
  withSettings(environment, async (settings, log, opened) => {
    const looking = poolOf({ url: settings.DATABASE_URL, log }, 'public', 1);
    opened.add(() => looking.end());
    const asked = await logsOf(looking, wanted);
    const key = publicKey === undefined ? await keyInVault(settings, log, opened) : VerifyingKey.of(publicKey);
    const reports: LogReport[] = [];
    for (const name of asked) {
      const pool = poolOf({ url: settings.DATABASE_URL, log }, requireSchemaName(name), 1);
      opened.add(() => pool.end());
      reports.push(await verifyOne(pool, name, key, archiveIn(settings).archive));
    }
    return reports;
  });
