import { describeWith, securedPostgres, testAuthority, testDatabase, type TestAuthority, type TestDatabase } from '@cartage/testkit';
import { startAll, type Running } from './start-all';
import { tallyService } from './tally.sample';

describeWith(securedPostgres, 'a service on a Postgres that lets nobody in unencrypted', (server) => {
  let database: TestDatabase;
  let knowing: TestDatabase;
  let stranger: TestAuthority;

  const start = (url: string, more: Readonly<Record<string, string>> = {}): Promise<Running> =>
    startAll([tallyService], {
      environment: {
        ...{ DATABASE_URL: url, MASTER_KEY: Buffer.alloc(32, 9).toString('base64'), PORT: '0' },
        ...{ DRAIN_DELAY_MS: '0', LOG_LEVEL: 'silent', LARGEST: '100' },
        ...more,
      },
    });

  const works = async ({ url, close }: Running): Promise<void> => {
    try {
      const headers = { 'content-type': 'application/json', 'idempotency-key': 'apples' };
      const { status } = await fetch(`${url}/tallies`, { method: 'POST', headers, body: JSON.stringify({ name: 'apples', quantity: 1 }) });
      expect(status).toBeLessThan(300);
    } finally {
      await close();
    }
  };

  const refusal = async (url: string, more?: Readonly<Record<string, string>>): Promise<string> => {
    const error: unknown = await start(url, more).then(works, (failed: unknown) => failed);
    expect(error).toHaveProperty('lines');
    return String((error as Error).message);
  };

  /** The same server by another name, which its certificate does not have. */
  const renamed = (url: string): string =>
    url.includes('@127.0.0.1:') ? url.replace('@127.0.0.1:', '@localhost:') : url.replace(/@[^:]+:/, '@127.0.0.1:');

  beforeAll(async () => {
    [database, knowing, stranger] = [await testDatabase(), await testDatabase(), await testAuthority()];
    await server().demand(database.url);
    await server().demand(knowing.url, 'clientcert=verify-ca');
  }, 60_000);

  afterAll(async () => {
    await stranger.remove();
    await database.drop();
    await knowing.drop();
  });

  it('makes its tables, migrates, locks and works, by an address that names the authority', async () => {
    await works(await start(`${database.url}?sslmode=verify-full&sslrootcert=${server().caFile}`));
  }, 60_000);

  it('takes the authority from a file of its settings', async () => {
    await works(await start(database.url, { DATABASE_TLS_CA_FILE: server().caFile }));
  }, 60_000);

  it('shows a certificate of its own where Postgres wants one', async () => {
    const { certificateFile, keyFile } = server().client;
    const own = { DATABASE_TLS_CERTIFICATE_FILE: certificateFile, DATABASE_TLS_KEY_FILE: keyFile };
    await works(await start(knowing.url, { DATABASE_TLS_CA_FILE: server().caFile, ...own }));
    expect(await refusal(knowing.url, { DATABASE_TLS_CA_FILE: server().caFile })).toContain('certificate');
  }, 60_000);

  it('goes on by another name where only the authority is to be checked', async () => {
    await works(await start(`${renamed(database.url)}?sslmode=verify-ca&sslrootcert=${server().caFile}`));
  }, 60_000);

  it.each<[string, () => string, string]>([
    ['unencrypted', () => database.url, 'it does not let this user in (pg_hba.conf rejects connection'],
    [
      'an authority that is not known',
      () => `${database.url}?sslrootcert=${stranger.caFile}`,
      'is from an authority that is not known here',
    ],
    ['no authority', () => `${database.url}?sslmode=verify-full`, 'is from an authority that is not known here'],
    [
      'a certificate for another name',
      () => `${renamed(database.url)}?sslmode=verify-full&sslrootcert=${server().caFile}`,
      'its certificate is for another name',
    ],
  ])(
    'does not start with %s, and names the setting',
    async (_, url, line) => {
      expect(await refusal(url())).toMatch(/^Setting DATABASE_URL: /);
      expect(await refusal(url())).toContain(line);
    },
    60_000,
  );
});
