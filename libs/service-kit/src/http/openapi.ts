import { isDeepStrictEqual } from 'node:util';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Route } from '../auth/access';
import { REFUSES, type Refusals } from './answers';
import { noPreviewExtension } from '../preview/answering';
import { previewsItemsExtension } from '../preview/items';
import { preview } from '../preview/preview';
import { Headers } from './headers';
import { problemsOf, responsesOfGuard, type OperationInput } from './problems-documented';

type Schemas = Map<string, unknown>;

const keep = (schemas: Schemas, name: string, schema: unknown): void => {
  const known = schemas.get(name);
  if (known !== undefined && !isDeepStrictEqual(known, schema)) throw new Error(`Two schemas are named ${name} in the OpenAPI document.`);
  schemas.set(name, schema);
};

/** Schemas with a title stand among the components, once, whoever answers with them. */
const hoisted = (value: unknown, schemas: Schemas): unknown => {
  if (Array.isArray(value)) return value.map((item) => hoisted(item, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const { title, ...schema } = Object.fromEntries(Object.entries(value).map(([field, part]) => [field, hoisted(part, schemas)]));
  if (typeof title !== 'string') return title === undefined ? schema : { title, ...schema };
  keep(schemas, title, schema);
  return { $ref: `#/components/schemas/${title}` };
};

interface Operation extends OperationInput {
  parameters?: NonNullable<OperationInput['parameters']>;
  [noPreviewExtension]?: boolean;
  [previewsItemsExtension]?: boolean;
  responses?: Record<string, unknown>;
  [REFUSES]?: Refusals;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
}

const operationsOf = ({ paths }: OpenAPIObject): readonly Operation[] =>
  Object.values(paths).flatMap((path) => Object.values(path as Record<string, Operation>));

const isDecision = (operation: Operation): boolean =>
  operation[noPreviewExtension] === undefined && (operation.parameters ?? []).some(({ name }) => name === Headers.idempotencyKey);

const previewParameter = {
  name: 'preview',
  in: 'query',
  required: false,
  description: 'Only tells what it would do, and does nothing: the same decision, without an `Idempotency-Key`.',
  schema: { type: 'boolean' },
};

const withPreview = (responses: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const done = responses['200'] as { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> } | undefined;
  const shown = done?.content?.['application/json']?.schema;
  const schema = shown === undefined ? preview.json : { anyOf: [shown, preview.json] };
  return { ...responses, 200: { description: 'Done; or what it would do.', ...done, content: { 'application/json': { schema } } } };
};

/** Every command can be previewed; a batch says in its own answer what each item would do. */
const showPreview = (operation: Operation): void => {
  const previewsItems = operation[previewsItemsExtension] === true;
  if (!previewsItems && !isDecision(operation)) return;
  operation.parameters = [...(operation.parameters ?? []), previewParameter];
  if (previewsItems) return;
  operation.responses = withPreview(operation.responses ?? {});
};

const LOGIN = 'login';

const demandOf = ({ reason, scope, also = [] }: Partial<Route> = {}): NonNullable<Operation['security']> =>
  reason === undefined ? [{ [LOGIN]: [scope ?? 'operations:write', ...also] }] : [];

/** What each operation demands. Where nobody checks callers the document does not say that somebody does. */
const secured = (document: OpenAPIObject, routes: readonly Route[]): OpenAPIObject => {
  const demands = new Map(routes.map((route) => [`${route.method} ${route.url.replace(/:(\w+)/g, '{$1}')}`, route]));
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods as Record<string, Operation>)) {
      const route = demands.get(`${method.toUpperCase()} ${path}`);
      operation.security = demandOf(route);
      operation.responses = { ...responsesOfGuard(route?.reason !== undefined), ...operation.responses };
    }
  const scheme = {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of the issuer; each operation names its scope.',
  } as const;
  return { ...document, components: { ...document.components, securitySchemes: { [LOGIN]: scheme } } };
};

/** Names what operations answer with, and tells what each may refuse. */
const completed = (document: OpenAPIObject): OpenAPIObject => {
  const schemas: Schemas = new Map(Object.entries(document.components?.schemas ?? {}));
  for (const operation of operationsOf(document)) {
    showPreview(operation);
    const { responses, [REFUSES]: refusals = {} } = operation;
    operation.responses = hoisted({ ...problemsOf(operation, refusals), ...responses }, schemas) as Record<string, unknown>;
    delete operation[REFUSES];
    delete operation[noPreviewExtension];
    delete operation[previewsItemsExtension];
  }
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) as never } };
};

/** The page at `/docs` and the document at `/docs-json`; the document is made when somebody first asks. All assets come from this process. */
export const serveOpenApi = (app: INestApplication, title: string, routes: readonly Route[] | undefined): void => {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setDescription('Money is in integer minor units beside an ISO 4217 currency; times are ISO 8601 in UTC.')
    .setVersion('1')
    // From 3.1 on schemas are JSON Schema 2020-12, which is what the contracts are written in.
    .setOpenAPIVersion('3.1.0')
    .build();
  const documented = (): OpenAPIObject => completed(SwaggerModule.createDocument(app, config));
  SwaggerModule.setup('docs', app, () => (routes ? secured(documented(), routes) : documented()), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: title,
  });
};
