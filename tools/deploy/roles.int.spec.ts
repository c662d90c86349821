import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { startAll } from '@cartage/service-kit';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Client } from 'pg';

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

const urlFor = (role: string): string => {
  const url = new URL(database.url);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.toString();
};

beforeAll(async () => {
  database = await testDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(statements);
});

afterAll(async () => {
  for (const name of [...services.map((service) => service.name), 'vault']) {
    await owner.query(`drop owned by ${roleOf(name)} cascade`);
    await owner.query(`drop role ${roleOf(name)}`);
  }
  await owner.end();
  await database.drop();
});

describe('the role of a service', () => {
  it.each(services.map((service) => [service.name, service] as const))(
    'is enough for %s to make its tables and start, and lets it read nobody else’s',
    async (name, service) => {
      const environment = {
        DATABASE_URL: urlFor(roleOf(name)),
        VAULT_DATABASE_URL: urlFor(roleOf('vault')),
        MASTER_KEY: Buffer.alloc(32, 4).toString('base64'),
        PORT: '0',
        LOG_LEVEL: 'silent',
      };
      const running = await startAll([service], { environment });
      expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
      await running.close();

      const client = new Client({ connectionString: environment.DATABASE_URL });
      await client.connect();
      for (const { schema } of services.filter((other) => other.schema !== service.schema))
        await expect(client.query(`select 1 from ${schema}.events`)).rejects.toThrow(/permission denied|does not exist/);
      await expect(client.query('select 1 from vault.data_key')).rejects.toThrow(/permission denied/);
      await client.end();
    },
    30_000,
  );
});
