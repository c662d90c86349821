import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

const text = (description: string): Readonly<Record<string, unknown>> => ({ type: 'string', description });

const problem = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'detail', 'correlationId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: text('Of this status, for people.'),
    status: { type: 'integer' },
    code: text('Stable; what programs look at.'),
    detail: text('What is wrong and what to do, for people.'),
    correlationId: text('Names the request in logs.'),
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: text('JSON path, such as `lines[2].quantity`.'), code: text('Stable.'), message: text('For people.') },
      },
    },
  },
};

const refusal = {
  description: 'Refused or failed.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Every operation may answer with a problem. */
const withProblems = (document: OpenAPIObject): OpenAPIObject => {
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>))
      if (operation?.responses) operation.responses['default'] ??= refusal;
  const schemas = { ...document.components?.schemas, Problem: problem as never };
  return { ...document, components: { ...document.components, schemas } };
};

/** The page at `/docs` and the document at `/docs-json`; the document is made when somebody first asks. All assets come from this process. */
export const serveOpenApi = (app: INestApplication, title: string): void => {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setDescription('Money is in integer minor units beside an ISO 4217 currency; times are ISO 8601 in UTC.')
    .setVersion('1')
    .build();
  SwaggerModule.setup('docs', app, () => withProblems(SwaggerModule.createDocument(app, config)), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: title,
  });
};
