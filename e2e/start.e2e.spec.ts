import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePorts, startProgram, testDatabase, type Program, type TestDatabase } from '@cartage/testkit';
import { embeddedSystem } from './embedded-system';

/** Each starts a process, on a machine that may be busy. */
jest.setTimeout(60_000);

/** No server has port 1. */
const NOWHERE = 'postgres://cartage:hidden-word@127.0.0.1:1/cartage';
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

let folder: string;
let busy: Server;
let busyPort: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartage-e2e-start-'));
  busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  busyPort = String((busy.address() as AddressInfo).port);
  database = await testDatabase();
});

afterAll(async () => {
  busy.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** What it said when it would not start: one line, without a stack. */
const refusal = async (program: string, environment: Readonly<Record<string, string>>, code = 78): Promise<string> => {
  const started: Program = await startProgram({ program, environment });
  expect(await started.ended).toBe(code);
  const said = started.output.all().trim().split('\n');
  expect(said).toHaveLength(1);
  return said[0] ?? '';
};

describe('a start that cannot be', () => {
  it('of all services names the setting that is wrong, and what would be right', async () => {
    const said = await refusal('services/embedded', { CARTAGE_DIR: join(folder, 'a'), POSTGRES_PORT: 'five' });
    expect(said).toMatch(/^Setting POSTGRES_PORT is wrong: got "five"\. .*Leave it out for 54320\./);
  });

  it('of all services names a folder that cannot be written', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const said = await refusal('services/embedded', { CARTAGE_DIR: join(file, 'below'), PORT: '0' });
    expect(said).toMatch(/^The data folder .*a-file\/below cannot be written: .* set CARTAGE_DIR to another folder\.$/);
  });

  it('of a service names the port that is busy, before it looks for anything else', async () => {
    const said = await refusal('services/order', { DATABASE_URL: NOWHERE, MASTER_KEY, PORT: busyPort });
    expect(said).toMatch(new RegExp(`^Setting PORT: port ${busyPort} on 127.0.0.1 is in use already\\. .*set PORT to a free one\\.$`));
  });

  it('of all services names the port that is busy, before it looks for anything else', async () => {
    const said = await refusal('services/embedded', { DATABASE_URL: NOWHERE, MASTER_KEY, PORT: busyPort });
    expect(said).toMatch(new RegExp(`^Setting PORT: port ${busyPort} on 127.0.0.1 is in use already\\.`));
  });

  it('of a service names the database that is not there, and ends so that it is tried again', async () => {
    const said = await refusal(
      'services/inventory',
      { DATABASE_URL: NOWHERE, MASTER_KEY, LOG_LEVEL: 'error', START_PATIENCE_SECONDS: '1' },
      75,
    );
    expect(said).toMatch(/^Setting DATABASE_URL: Postgres at 127\.0\.0\.1:1\/.* nothing listens there\. /);
    expect(said).not.toContain('hidden-word');
  });

  it('of a service names the event store that is not there, and ends so that it is tried again', async () => {
    const EVENT_STORE_URL = 'kurrentdb://cartage:hidden-word@127.0.0.1:1?tls=false';
    const needs = { DATABASE_URL: database.url, MASTER_KEY, EVENT_STORE_URL, PORT: '0', LOG_LEVEL: 'error' };
    const said = await refusal('services/order', { ...needs, START_PATIENCE_SECONDS: '1' }, 75);
    expect(said).toMatch(/^Setting EVENT_STORE_URL: KurrentDB at 127\.0\.0\.1:1 cannot be used: /);
    expect(said).not.toContain('hidden-word');
  });

  it('of the distributed system names the ports that are busy', async () => {
    const [kafka, postgres] = (await freePorts(2)).map(String);
    const ports = { PORT: busyPort, KAFKA_PORT: kafka ?? '', POSTGRES_PORT: postgres ?? '' };
    const said = await refusal('tools/distributed/start.ts', { CARTAGE_DIR: join(folder, 'b'), ...ports });
    expect(said).toMatch(new RegExp(`^Port ${busyPort}, for the entrance, cannot be had\\. `));
  });

  it('of all services a second time on one folder says that they run already, and leaves them alone', async () => {
    const system = await embeddedSystem();
    try {
      await system.process.start();
      expect(await refusal('services/embedded', { ...system.environment, PORT: '0' })).toMatch(/^Another Cartage is running on /);
      await eventually(async () => expect((await fetch(`${system.process.url}/health/ready`)).status).toBe(200));
    } finally {
      await system.remove();
    }
  });
});
