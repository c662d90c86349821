import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuseUnkeepable } from '../input/json-body';
import { NoPreview } from '../preview/answering';
import { routeConfig } from './route-config';

const TYPE = 'application/x-www-form-urlencoded';

/** Bytes: two hundred lines of an order, with four fields each, fit in. */
const FORM_LIMIT = 256 * 1024;

/** What a page without a script sends: texts by their names, of which nothing was checked yet. */
export class Form {
  readonly #fields: ReadonlyMap<string, string>;

  constructor(body: string) {
    // Of several fields of one name the first counts.
    this.#fields = new Map([...new URLSearchParams(body)].toReversed());
    refuseUnkeepable('body', Object.fromEntries(this.#fields));
  }

  /** Without blanks around it; nothing where it is empty or was not sent. */
  get(name: string): string | undefined {
    return this.#fields.get(name)?.trim() || undefined;
  }
}

const takesForm = ({ routeOptions }: FastifyRequest): boolean => 'form' in routeOptions.config;

/** Takes forms on routes with `@TakesForm()`; everywhere else they are as unknown as any other type of body. Call it before routes are registered. */
export const takeForms = (server: FastifyInstance): void => {
  server.addHook('onRoute', (route) => {
    if (route.config && 'form' in route.config) route.bodyLimit = FORM_LIMIT;
  });
  server.addContentTypeParser(TYPE, { parseAs: 'string' }, (request, body, done) => {
    if (!takesForm(request)) return done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(TYPE));
    try {
      done(null, new Form(String(body)));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
};

/** On a handler that takes `@SentForm()`. The page itself shows what would follow: there is nothing else to preview. */
export const TakesForm = (about: string): MethodDecorator =>
  applyDecorators(
    routeConfig({ form: true }),
    NoPreview(),
    ApiConsumes(TYPE),
    ApiBody({ description: about, required: true, schema: { type: 'object', additionalProperties: { type: 'string' } } }),
  );

/** Parameter of a handler with `@TakesForm()`. */
export const SentForm = createParamDecorator((_: unknown, context: ExecutionContext): Form => {
  const { body, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  if (body instanceof Form) return body;
  throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(headers['content-type']);
});
