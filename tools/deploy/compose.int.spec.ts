import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { startAll } from '@cartage/service-kit';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Client } from 'pg';
import { environmentOf } from './compose.fixture';

const suffix = `_${process.pid}`;
const password = 'rôle’s "password"';

/** The file as psql would send it, with roles of this run’s own: roles belong to the whole server. */
const statements = readFileSync('deploy/compose/roles.sql', 'utf8')
  .replace(/^\\getenv.*$/m, '')
  .replaceAll(":'password'", `'${password.replaceAll("'", "''")}'`)
  .replaceAll(/\bcartage_(\w+)/g, `cartage_$1${suffix}`)
  .replace(/^select (format.*) \\gexec$/ms, (_, grant: string) => `do $do$ begin execute ${grant}; end $do$;`);

const roleOf = (name: string): string => `cartage_${name.replaceAll('-', '_')}${suffix}`;

let database: TestDatabase;
let owner: Client;

const MASTER_KEY = Buffer.alloc(32, 4).toString('base64');

/** The database that it names, where it stands in this run: same role, other server. */
const here = (composed: string): string => {
  const { username } = new URL(composed);
  const url = new URL(database.url);
  url.username = `${username}${suffix}`;
  url.password = encodeURIComponent(password);
  return url.toString();
};

/** As docker-compose.yml says, but for where Postgres is; without the servers that are not here, Kafka and KurrentDB. */
const composedFor = (name: string): Readonly<Record<string, string>> => {
  const { KAFKA_BROKERS: _k, EVENT_STORE_URL: _e, ...rest } = environmentOf(name, { MASTER_KEY, LOG_LEVEL: 'error' });
  const { DATABASE_URL = '', VAULT_DATABASE_URL = '' } = rest;
  // What is empty counts as absent, as in the environment of a process.
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  return { ...said, DATABASE_URL: here(DATABASE_URL), VAULT_DATABASE_URL: here(VAULT_DATABASE_URL), PORT: '0' };
};

beforeAll(async () => {
  database = await testDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(statements);
});

afterAll(async () => {
  for (const name of [...services.map((service) => service.name), 'vault', 'analyst']) {
    await owner.query(`drop owned by ${roleOf(name)} cascade`);
    await owner.query(`drop role ${roleOf(name)}`);
  }
  await owner.end();
  await database.drop();
});

describe('a service as docker-compose.yml runs it, on a database as roles.sql makes it', () => {
  it.each(services.map((service) => [service.name, service] as const))(
    '%s makes its tables and is ready, and its role can read nobody else’s',
    async (name, service) => {
      const environment = composedFor(name);
      const running = await startAll([service], { environment });
      await eventually(async () => expect((await fetch(`${running.url}/health/ready`)).status).toBe(200));
      await running.close();

      const client = new Client({ connectionString: environment['DATABASE_URL'] });
      await client.connect();
      expect((await client.query(`select count(*)::int as n from ${service.schema}.events`)).rows).toEqual([{ n: expect.any(Number) }]);
      for (const { schema } of services.filter((other) => other.schema !== service.schema))
        await expect(client.query(`select 1 from ${schema}.events`)).rejects.toThrow(/permission denied for schema/);
      await expect(client.query('select 1 from vault.data_key')).rejects.toThrow(/permission denied/);
      await client.end();
    },
    60_000,
  );
});
