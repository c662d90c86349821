import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { codeOf } from '@cartage/eventsourcing';
import { Client, escapeLiteral } from 'pg';
import { opensslMissing, testAuthority, type TestAuthority, type TestCertificate } from './certificates';
import type { Running, TestServer } from './describe-with';
import { eventually } from './eventually';
import { runOnServer, serverUrl } from './postgres';

/** The run's Postgres, with TLS. */
export interface SecuredPostgres extends Running {
  readonly caFile: string;
  /** From the same authority, for a client. */
  readonly client: TestCertificate;
  /** Lets nobody in to this database but by TLS and, if wanted, with a certificate. */
  demand(databaseUrl: string, how?: 'clientcert=verify-ca'): Promise<void>;
}

const nameOf = (databaseUrl: string): string => new URL(databaseUrl).pathname.slice(1);

const hostOf = (): string => {
  const { hostname } = new URL(serverUrl());
  return `${isIP(hostname) ? 'IP' : 'DNS'}:${hostname}`;
};

const NOT_LET_IN = '28000';

const RELOAD = 'select pg_reload_conf()';

/** Through the server itself, so that the file is its own, wherever it runs; relative to its data folder. */
const pipe = (text: string, program: string): Promise<void> =>
  runOnServer(`copy (select unnest(string_to_array(${escapeLiteral(text)}, E'\\n'))) to program ${escapeLiteral(`umask 077; ${program}`)}`);

const settings = { ssl_cert_file: 'tests.crt', ssl_key_file: 'tests.key', ssl_ca_file: 'tests-ca.crt', ssl: 'on' };

const encrypt = async ({ caFile }: TestAuthority, { certificateFile, keyFile }: TestCertificate): Promise<void> => {
  const files = { [settings.ssl_cert_file]: certificateFile, [settings.ssl_key_file]: keyFile, [settings.ssl_ca_file]: caFile };
  for (const [name, file] of Object.entries(files)) await pipe(readFileSync(file, 'utf8').trimEnd(), `cat > ${name}`);
  for (const [name, value] of Object.entries(settings)) await runOnServer(`alter system set ${name} = '${value}'`);
  await runOnServer(RELOAD);
};

const connects = async (config: ConstructorParameters<typeof Client>[0]): Promise<void> => {
  const client = new Client(config);
  await client.connect();
  await client.end();
};

const demand = async (databaseUrl: string, how = ''): Promise<void> => {
  const name = nameOf(databaseUrl);
  await pipe(
    `hostnossl ${name} all all reject\nhostssl ${name} all all scram-sha-256 ${how}`,
    'cat - pg_hba.conf > tests.hba && cat tests.hba > pg_hba.conf',
  );
  await runOnServer(RELOAD);
  await eventually(async () => {
    const refused = await connects({ connectionString: databaseUrl }).catch(codeOf);
    if (refused !== NOT_LET_IN) throw new Error('Postgres has not read its rules yet.');
  });
};

const start = async (): Promise<SecuredPostgres> => {
  const authority = await testAuthority();
  await encrypt(authority, await authority.issue(hostOf()));
  await eventually(() => connects({ connectionString: serverUrl(), ssl: { ca: readFileSync(authority.caFile, 'utf8') } }));
  return {
    ...{ from: 'the run’s own, with TLS turned on', caFile: authority.caFile, client: await authority.issue('DNS:client'), demand },
    stop: async () => {
      for (const name of Object.keys(settings)) await runOnServer(`alter system reset ${name}`);
      await runOnServer(RELOAD);
      await authority.remove();
    },
  };
};

/** The settings of a server of somebody else's stay as they are. */
const missing = (): string | undefined =>
  opensslMissing() ?? (process.env['TEST_POSTGRES_IS_OURS'] ? undefined : 'the Postgres of this run is not one that it has started itself');

/** For one spec of a run: two would take each other's certificates away. */
export const securedPostgres: TestServer<SecuredPostgres> = { name: 'a Postgres with TLS', missing, start };
