import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '@cartage/embedded/services';
import { lookInto, migrateAll, startAll, verifyLogs, type AnyService } from '@cartage/service-kit';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Client } from 'pg';
import { backupsOf } from '../backup/backups';
import { run } from '../roles/command';
import { rolesOf } from '../roles/sql';
import { environmentOf } from './compose.fixture';

const suffix = `_${process.pid}`;
const password = 'rôle’s "password"';

/** The file as psql would send it, with roles of this run’s own: roles belong to the whole server. */
const statements = readFileSync('deploy/compose/roles.sql', 'utf8')
  .replace(/^\\getenv.*$/m, '')
  .replaceAll(":'password'", `'${password.replaceAll("'", "''")}'`)
  .replaceAll(/\bcartage_(\w+)/g, `cartage_$1${suffix}`);

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
  const reader = name === 'reporting' ? { REPORTING_READER: roleOf('analyst') } : {};
  return { ...said, ...reader, DATABASE_URL: here(DATABASE_URL), VAULT_DATABASE_URL: here(VAULT_DATABASE_URL), PORT: '0' };
};

const as = async <Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  database = await testDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  // Twice: what is there stays, and a service more finds its own.
  await owner.query(statements);
  await owner.query(statements);
});

afterAll(async () => {
  for (const name of [...services.map((service) => service.name), 'vault', 'analyst', 'migrator']) {
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

      await as(environment['DATABASE_URL'] ?? '', async (client) => {
        expect((await client.query(`select count(*)::int as n from ${service.schema}.events`)).rows).toEqual([{ n: expect.any(Number) }]);
        for (const { schema } of services.filter((other) => other.schema !== service.schema))
          await expect(client.query(`select 1 from ${schema}.events`)).rejects.toThrow(/permission denied for schema/);
        await expect(client.query('select 1 from vault.data_key')).rejects.toThrow(/permission denied/);
        await expect(client.query('create schema another')).rejects.toThrow(/permission denied for database/);
        await expect(client.query('create temporary table another (n int)')).rejects.toThrow(/permission denied/);
        await expect(client.query('create table public.another (n int)')).rejects.toThrow(/permission denied for schema public/);
      });
    },
    60_000,
  );

  it('lets the migrating role make what is the service’s, and do nothing by itself', async () => {
    const environment = composedFor('order');
    const migrator = here('postgres://cartage_migrator@postgres/cartage');
    const acting = `${migrator}?options=-c%20role%3D${roleOf('order')}`;
    await migrateAll([services[0] as AnyService], { ...environment, ROLE: 'migrate', DATABASE_URL: acting });
    const { rows } = await owner.query<{ owner: string }>(`select distinct tableowner as owner from pg_tables where schemaname = 'orders'`);
    expect(rows).toEqual([{ owner: roleOf('order') }]);
    await as(migrator, (client) => expect(client.query('select 1 from orders.events')).rejects.toThrow(/permission denied/));
    await as(acting, (client) => expect(client.query('select 1 from payments.events')).rejects.toThrow(/permission denied/));
  }, 60_000);

  it('says that one service’s address is not enough to verify the logs of all', async () => {
    const { DATABASE_URL = '', VAULT_DATABASE_URL = '' } = composedFor('order');
    const environment = { DATABASE_URL, VAULT_DATABASE_URL, MASTER_KEY, LOG_LEVEL: 'silent' };
    await expect(verifyLogs(environment, {})).rejects.toThrow(/^DATABASE_URL may not read audit, .*Or verify one log: --log\.$/);
    expect(await verifyLogs(environment, { log: 'orders' })).toMatchObject([{ log: 'orders', breaks: [] }]);
  }, 60_000);

  it('lets analysts read the names of the star, within limits, and nothing else', () =>
    as(here('postgres://cartage_analyst@postgres/cartage'), async (client) => {
      expect((await client.query('select count(*)::int as n from fact_order')).rows).toEqual([{ n: 0 }]);
      const { rows } = await owner.query<{ name: string }>(
        // The calendar and the rates beside the star are public as they are.
        `select tablename as name from pg_tables where schemaname = 'reporting' and tablename not in ('dim_date', 'currency', 'fx_rate') union all select 'orders.events' union all select 'vault.data_key'`,
      );
      expect(rows.length).toBeGreaterThan(10);
      for (const { name } of rows)
        await expect(client.query(`select 1 from ${name.includes('.') ? name : `reporting."${name}"`}`)).rejects.toThrow(
          /permission denied/,
        );
      await expect(client.query('create view reporting.mine as select 1')).rejects.toThrow(/read-only transaction/);
      // By its full name, whatever the search path of whoever asks.
      await client.query('set search_path = pg_catalog');
      expect((await client.query(`select reporting.amount_in(100, 'EUR', 'EUR', '2026-11-27') as it`)).rows).toEqual([{ it: '100' }]);
      expect((await client.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '30s' }]);
      expect((await client.query('show temp_file_limit')).rows).toEqual([{ temp_file_limit: '2GB' }]);
      await expect(client.query(`set temp_file_limit = '1TB'`)).rejects.toThrow(/permission denied to set parameter/);
    }));
});

describe('npm run roles', () => {
  const prefix = `roles_${process.pid}_`;
  const files = new Map<string, string>();
  let administrator: string;
  let managed: TestDatabase;

  const apply = (): Promise<string> =>
    run(['apply', '--addresses', 'databases.env', '--prefix', prefix], {
      ...{ services, administrator, read: (file) => files.get(file), write: (file, text) => void files.set(file, text) },
      newPassword: () => randomBytes(24).toString('base64url'),
      run: (url, lines) => as(url, async (client) => void (await client.query(lines.join('\n')))),
    });

  beforeAll(async () => {
    managed = await testDatabase();
    const url = new URL(managed.url);
    await owner.query(`create role ${prefix}dba login createrole password 'secret'`);
    await owner.query(`alter database ${url.pathname.slice(1)} owner to ${prefix}dba`);
    [url.username, url.password] = [`${prefix}dba`, 'secret'];
    administrator = url.toString();
  });

  afterAll(async () => {
    const roles = rolesOf(services, prefix).map(({ name }) => name);
    for (const name of [...roles, `${prefix}dba`])
      await as(managed.url, (client) => client.query(`reassign owned by ${name} to postgres; drop owned by ${name} cascade`));
    for (const name of [...roles, `${prefix}dba`]) await owner.query(`drop role ${name}`);
    await managed.drop();
  });

  it('makes them as an administrator who is no superuser, lets each in by its own password, and keeps it when it is asked again', async () => {
    await apply();
    const before = files.get('databases.env') ?? '';
    expect(await apply()).toContain(`${services.length + 3} roles`);
    expect(files.get('databases.env')).toBe(before);
    const addresses = new Map(before.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    expect([...addresses.keys()]).toEqual(
      expect.arrayContaining(['order', 'vault', 'migrator', 'analyst', 'migrate-order', 'migrate-vault']),
    );
    for (const [key, url] of addresses)
      if (key) expect(await as(url, async (client) => (await client.query('select 1 as one')).rows)).toEqual([{ one: 1 }]);
    await as(addresses.get('migrate-order') ?? '', (client) => client.query('create table orders.made (n int)'));
    await as(addresses.get('order') ?? '', (client) => client.query('drop table orders.made'));
  }, 60_000);

  it('gives each owner what stands in its schema already, such as what a restore made as the administrator', async () => {
    await as(administrator, (client) =>
      client.query(`
        create table orders.restored (id bigint generated always as identity primary key, n serial);
        create sequence orders.counted;
        create view orders.shown as select n from orders.restored;
        create function orders.told() returns int language sql as 'select 1';`),
    );
    await apply();
    const url = (files.get('databases.env') ?? '').match(/^order=(.*)$/m)?.[1] ?? '';
    const [folder, environment] = [join(tmpdir(), `cartage-roles-${process.pid}`), { DATABASE_URL: url, LOG_LEVEL: 'silent' }];
    const unreadable = /^DATABASE_URL may not read audit, console, .*: it is the address of one service\. Come as/;
    await expect(backupsOf(services, environment).take(folder)).rejects.toThrow(unreadable);
    expect(existsSync(folder)).toBe(false);
    await lookInto(services, environment, async (found) => expect(found.unreadable).toHaveLength(services.length - 1));
    await as(url, async (client) => {
      await client.query('insert into orders.restored default values');
      expect((await client.query('select n from orders.shown')).rows).toEqual([{ n: 1 }]);
      await client.query('drop function orders.told(); drop view orders.shown; drop sequence orders.counted; drop table orders.restored');
    });
  }, 60_000);
});
