import { asyncApiOf, contracts, nameOf, schemaOf, stateContracts, stateSchemaOf } from '@cartage/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { serveOpenApi } from './openapi';
import { serveContracts } from './serve-contracts';
import { httpServer } from './server';

class Root {}

let app: NestFastifyApplication;

beforeAll(async () => {
  ({ app } = await httpServer({ module: Root }, { log: pino({ level: 'silent' }), maxInFlight: 2 }));
  serveOpenApi(app, 'Sample', undefined);
  serveContracts(app);
  await app.init();
});
afterAll(() => app.close());

const ask = async (url: string) => {
  const { statusCode, headers, body } = await app.inject({ method: 'GET', url });
  return { status: statusCode, type: headers['content-type'], body: JSON.parse(body) as unknown };
};

describe('the contracts of events, as a service serves them', () => {
  it('are an AsyncAPI document', async () =>
    expect(await ask('/docs/asyncapi.json')).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      body: JSON.parse(JSON.stringify(asyncApiOf(contracts))) as object,
    }));

  it('are a JSON Schema for each version of each event', async () => {
    for (const contract of contracts) {
      const { status, body } = await ask(`/docs/schemas/${nameOf(contract).replace('.v', '/')}.json`);
      expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(schemaOf(contract)))]);
    }
  });

  it('are a JSON Schema for each state', async () => {
    for (const contract of stateContracts) {
      const { status, body } = await ask(`/docs/schemas/${contract.type}/${contract.version}.json`);
      expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(stateSchemaOf(contract)))]);
    }
  });

  it.each([
    '/docs/schemas/OrderEaten/1.json',
    '/docs/schemas/OrderPlaced/99.json',
    '/docs/schemas/constructor/1.json',
    '/docs/schemas/OrderPlaced/1',
  ])('have no %s', async (url) => expect(await ask(url)).toMatchObject({ status: 404, body: { code: 'SCHEMA_UNKNOWN' } }));
});
