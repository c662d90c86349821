import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distrustOf, grantsOf, kafkaClient } from '@cartage/messaging';
import {
  describeWith,
  eventually,
  securedKafka,
  testAuthority,
  testDatabase,
  type TestAuthority,
  type TestDatabase,
} from '@cartage/testkit';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes, type AclEntry } from 'kafkajs';
import pino from 'pino';
import { asking } from '../auth/asking-issuers';
import { kafkaSecurity } from '../kafka/security';
import { readCommonSettings } from '../settings/common';
import { startAll, type Running } from './start-all';
import { tallyService } from './tally.sample';

const log = pino({ level: 'silent' });
const operations = {
  Create: AclOperationTypes.CREATE,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
};

/** What the service needs, as it is listed, and nothing else. */
const aclsFor = (user: string): AclEntry[] =>
  grantsOf({ service: 'tally', topic: 'order.events', listeners: [{ group: 'tally.order', topic: 'order.events' }] }).flatMap((grant) =>
    grant.operations.map((operation) => ({
      principal: `User:${user}`,
      host: '*',
      operation: operations[operation],
      permissionType: AclPermissionTypes.ALLOW,
      resourceName: grant.name,
      resourcePatternType: grant.pattern === 'literal' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
      resourceType: grant.resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
    })),
  );

describeWith(securedKafka, 'a service on a Kafka that lets in whom it knows', (server) => {
  let database: TestDatabase;
  let stranger: TestAuthority;
  let folder: string;
  let replica: Running | undefined;
  const file = (name: string): string => join(folder, name);

  const environment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    DATABASE_URL: database.url,
    KAFKA_BROKERS: server().securedBrokers.join(','),
    KAFKA_TLS: 'true',
    KAFKA_TLS_CA_FILE: server().caFile,
    MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
    PORT: '0',
    DRAIN_DELAY_MS: '0',
    LOG_LEVEL: 'silent',
    LARGEST: '100',
    ...more,
  });

  const byPassword = (): Record<string, string> => ({
    KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    KAFKA_SASL_USERNAME: 'tally',
    KAFKA_SASL_PASSWORD_FILE: file('password'),
  });

  const byToken = (): Record<string, string> => ({
    KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
    KAFKA_SASL_USERNAME: 'machine',
    KAFKA_SASL_PASSWORD: 'a secret of the client',
    KAFKA_SASL_ISSUER: server().issuer.url,
  });

  const start = async (more: Readonly<Record<string, string>>): Promise<Running> =>
    (replica = await startAll([tallyService], { environment: environment(more) }));

  /** A Kafka that does not answer in time is away, which keeps no service from starting: it is asked until it answers in time. */
  const refusal = async (more: Readonly<Record<string, string>>): Promise<unknown> => {
    const error = await eventually(async () => refused(await start(more).catch((failed: unknown) => failed)), { withinMs: 30_000 });
    expect(String((error as Error).message)).not.toMatch(/hunter2|a-password-of-many/);
    return (error as { readonly lines: unknown }).lines;
  };

  const refused = async (outcome: unknown): Promise<unknown> => {
    await replica?.close();
    replica = undefined;
    expect(outcome).toHaveProperty('lines');
    return outcome;
  };

  const hears = async ({ url }: Running, name: string): Promise<void> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': name };
    await fetch(`${url}/tallies`, { method: 'POST', headers, body: JSON.stringify({ name, quantity: 1 }) });
    await eventually(async () => expect(await (await fetch(`${url}/tallies/${name}`)).json()).toHaveProperty('heard', 1), {
      withinMs: 45_000,
    });
  };

  beforeAll(async () => {
    [database, stranger, folder] = [await testDatabase(), await testAuthority(), mkdtempSync(join(tmpdir(), 'cartage-secured-'))];
    writeFileSync(file('password'), `${server().users['tally'] ?? ''}\n`);
    const admin = kafkaClient({ brokers: server().brokers, clientId: 'suite', log }).admin();
    await admin.connect();
    await admin.createAcls({ acl: [...aclsFor('tally'), ...aclsFor('machine')] });
    await admin.disconnect();
  }, 60_000);

  afterEach(async () => {
    await replica?.close();
    replica = undefined;
  }, 60_000);

  afterAll(async () => {
    await stranger.remove();
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  });

  it('publishes and hears by TLS and a password, with the rights that are listed and no others', async () => {
    await hears(await start(byPassword()), 'apples');
  }, 120_000);

  it('publishes and hears by a token of the issuer', async () => {
    await hears(await start(byToken()), 'pears');
    expect(server().issuer.tokensAsked).toBeGreaterThan(0);
  }, 120_000);

  it.each<[string, () => Readonly<Record<string, string>>, string]>([
    [
      'a wrong password',
      () => ({ ...byPassword(), KAFKA_SASL_PASSWORD_FILE: file('wrong') }),
      'Setting KAFKA_SASL_PASSWORD: Kafka does not know this user',
    ],
    [
      'an authority that is not known',
      () => ({ ...byPassword(), KAFKA_TLS_CA_FILE: stranger.caFile }),
      'Setting KAFKA_TLS_CA_FILE: the brokers’ certificate is from an authority that is not in it',
    ],
    [
      'a certificate for another name',
      () => ({ ...byPassword(), KAFKA_BROKERS: server().securedBrokers.join().replace('127.0.0.1', 'localhost') }),
      'Setting KAFKA_BROKERS: the brokers’ certificate is for another name',
    ],
    [
      'a way in that Kafka does not offer',
      () => ({ ...byPassword(), KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256' }),
      'Setting KAFKA_SASL_MECHANISM: at these ports Kafka does not take SCRAM-SHA-256',
    ],
    [
      'a token for somebody else',
      () => ({ KAFKA_SASL_MECHANISM: 'OAUTHBEARER', KAFKA_SASL_TOKEN_FILE: file('foreign') }),
      'Setting KAFKA_SASL_TOKEN_FILE: Kafka does not take the token',
    ],
    [
      'a file that is not there',
      () => ({ ...byPassword(), KAFKA_SASL_PASSWORD_FILE: file('nothing') }),
      'Setting KAFKA_SASL_PASSWORD_FILE: ',
    ],
  ])(
    'does not start with %s, and names the setting',
    async (_, more, line) => {
      writeFileSync(file('wrong'), 'hunter2');
      writeFileSync(file('foreign'), await server().issuer.token({ sub: 'machine' }, { audience: 'another API' }));
      expect(await refusal(more())).toEqual([expect.stringContaining(line)]);
    },
    60_000,
  );

  it('reads a password again for every new connection', async () => {
    writeFileSync(file('renewed'), 'hunter2');
    const settings = readCommonSettings(environment({ ...byPassword(), KAFKA_SASL_PASSWORD_FILE: file('renewed') }), 0);
    const security = kafkaSecurity(settings, asking);
    const needs = { brokers: server().securedBrokers, clientId: 'suite', log, ...security };
    await eventually(async () => expect(await distrustOf(needs)).toMatchObject({ cause: 'credentials' }), { withinMs: 30_000 });
    writeFileSync(file('renewed'), server().users['tally'] ?? '');
    expect(await distrustOf(needs)).toBeUndefined();
  }, 60_000);
});
