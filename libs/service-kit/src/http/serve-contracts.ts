import { asyncApiOf, contracts, schemaOf, stateContracts, stateSchemaOf } from '@cartage/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { HttpRefused } from './problem';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Everything that does not change while the process runs is written down once, when somebody first asks. */
const once = (make: () => object): (() => string) => {
  let text: string | undefined;
  return () => (text ??= JSON.stringify(make()));
};

const unknown = (type: string, file: string): HttpRefused =>
  new HttpRefused({
    status: 404,
    code: 'SCHEMA_UNKNOWN',
    detail: `There is no schema ${type}/${file}. /docs/asyncapi.json names every event; ask as for OrderPlaced/1.json.`,
  });

/**
 * What is published, for machines, beside what can be asked: `/docs/asyncapi.json`, and the JSON Schema of each version of each event and state at
 * `/docs/schemas/<type>/<version>.json`. Of every event of Cartage, whichever service answers.
 */
export const serveContracts = (app: NestFastifyApplication): void => {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const schemas = new Map<string, () => string>([
    ...contracts.map((contract) => [`${contract.type}/${contract.version}.json`, once(() => schemaOf(contract))] as const),
    ...stateContracts.map((contract) => [`${contract.type}/${contract.version}.json`, once(() => stateSchemaOf(contract))] as const),
  ]);
  const document = once(() => asyncApiOf(contracts));
  server.get('/docs/asyncapi.json', (_, reply) => reply.type(JSON_TYPE).send(document()));
  server.get<{ Params: { type: string; file: string } }>('/docs/schemas/:type/:file', ({ params: { type, file } }, reply) => {
    const schema = schemas.get(`${type}/${file}`);
    if (schema === undefined) throw unknown(type, file);
    return reply.type(JSON_TYPE).send(schema());
  });
};
