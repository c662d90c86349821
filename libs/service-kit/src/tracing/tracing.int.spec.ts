import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Client } from 'pg';
import { startAll, type Running } from '../start/start-all';
import { tallyService } from '../start/tally.sample';

interface Sent {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let database: TestDatabase;
let collector: Server;
const sent: Sent[] = [];

beforeAll(async () => {
  database = await testDatabase();
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      sent.push({ path: request.url, headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
  await database.drop();
});

const tallying = (settings: Readonly<Record<string, string>>): Promise<Running> =>
  startAll([tallyService], {
    environment: {
      ...{
        DATABASE_URL: database.url,
        MASTER_KEY: Buffer.alloc(32, 6).toString('base64'),
        PORT: '0',
        LOG_LEVEL: 'silent',
        LARGEST: '1000',
      },
      ...settings,
    },
  });

const count = async ({ url }: Running, key: string, headers: Readonly<Record<string, string>> = {}): Promise<number> => {
  const response = await fetch(`${url}/tallies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    body: JSON.stringify({ name: 'traced', quantity: 1 }),
  });
  return response.status;
};

const traceparents = async (): Promise<readonly (string | null)[]> => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ traceparent: string | null }>(
    `select meta->>'traceparent' as traceparent from ${tallyService.schema}.events order by position`,
  );
  await client.end();
  return rows.map(({ traceparent }) => traceparent);
};

describe('traces', () => {
  it('are made of nothing that nobody wants: events carry what their caller gave, and no more', async () => {
    const running = await tallying({});
    const given = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
    expect([await count(running, 't-1'), await count(running, 't-2', { traceparent: given })]).toEqual([201, 201]);
    await running.close();
    expect(await traceparents()).toEqual([null, given]);
  });

  it('go to the collector by OTLP over HTTP, the last of them when the process stops', async () => {
    const { port } = collector.address() as AddressInfo;
    const running = await tallying({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of-the-shop',
      OTEL_TRACES_SAMPLER_ARG: '1',
    });
    expect(await count(running, 't-3')).toBe(201);
    await eventually(async () => expect((await fetch(`${running.url}/health/ready`)).status).toBe(200));
    await running.close();
    await eventually(() => expect(sent.map(({ body }) => body).join('\n')).toContain('"POST /tallies"'));
    expect(sent[0]).toMatchObject({ path: '/v1/traces', headers: { 'api-key': 'of-the-shop', 'content-type': 'application/json' } });
    const all = sent.map(({ body }) => body).join('\n');
    expect(all).toContain('"cartage.command"');
    expect(all).toContain(`"append ${tallyService.schema}"`);
    expect(all).not.toContain('/health');
    expect((await traceparents()).at(-1)).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  });

  it('are lost while the collector is away, and nothing else is', async () => {
    const running = await tallying({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_SAMPLER_ARG: '1' });
    expect(await count(running, 't-4')).toBe(201);
    await running.close();
    expect(await traceparents()).toHaveLength(4);
  });
});
