import { canonicalJson, Refused, type Meta } from '@cartage/eventsourcing';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { anybody, callerOf } from '../auth/caller';
import { idFor, newId } from '../ids';
import { digestOf } from './digest';
import { documented, headerOf, Headers } from './headers';
import { traceparentOf } from '../tracing/traced-requests';
import { noteDecides } from '../preview/answering';
import { wantsPreview } from '../preview/previewing';

type Request = Pick<FastifyRequest, 'id' | 'method' | 'url' | 'headers' | 'body' | 'params'> & Partial<Pick<FastifyRequest, 'query'>>;

const keys = /^[\x21-\x7e]{1,200}$/;
const actors = /^[\x20-\x7e]{1,200}$/;

/** The same command id with another of these is another request. As the body was understood: neither blanks nor the order of fields count. */
const fingerprintOf = ({ method, url, body }: Request): string => digestOf(`${method} ${url.split('?', 1)[0]}\n${canonicalJson(body)}`);

/** A key may come bare or, as the IETF draft has it, in double quotes. */
const keyOf = ({ headers }: Request): string | undefined => {
  const key = headerOf(headers, Headers.idempotencyKey)?.replace(/^"(.*)"$/, '$1');
  if (key !== undefined && !keys.test(key)) throw badHeader(Headers.idempotencyKey, 'IDEMPOTENCY_KEY_INVALID', keyRule);
  return key;
};

const keyRule = 'It must be 1 to 200 visible ASCII characters without blanks, such as a UUID.';

const badHeader = (header: string, code: string, message: string): Refused =>
  new Refused(code, `Header ${header}: ${message}`, 'invalid', [{ field: header, code, message }]);

/** Who was let in; where nobody checks callers, whoever they say they are. */
const actorOf = (request: Request): string => callerOf(request)?.actor ?? actorSaid(request);

const actorSaid = ({ headers }: Request): string => {
  const actor = headerOf(headers, Headers.actor) ?? 'api';
  if (!actors.test(actor)) throw badHeader(Headers.actor, 'ACTOR_INVALID', 'It must be 1 to 200 ASCII characters.');
  return actor;
};

const channelIn = (value: unknown): string | undefined => {
  const channel = typeof value === 'object' && value !== null && 'channel' in value ? value.channel : undefined;
  return typeof channel === 'string' ? channel.trim() : undefined;
};

/** Two callers who both say "1", or one caller for two channels, mean two things. So do two who have a link each, and no name. */
const commandIdOf = (request: Request, actor: string, key: string): string => {
  const { params, body, url } = request;
  const within = callerOf(request) === anybody ? url.split('?', 1)[0] : undefined;
  return idFor('command', actor, within ?? channelIn(params) ?? channelIn(body) ?? '', key);
};

const metaFor = (request: Request, key: string | undefined): Meta => {
  const actor = actorOf(request);
  const traceparent = traceparentOf(request);
  return {
    commandId: key === undefined ? newId() : commandIdOf(request, actor, key),
    correlationId: request.id,
    actor,
    fingerprint: fingerprintOf(request),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(wantsPreview(request) ? { preview: true } : {}),
  };
};

/** Meta of a request that must not be done twice: its `Idempotency-Key`, within its caller and channel, is the command id, and is demanded. A preview does nothing. */
export const commandMetaOf = (request: Request): Meta => {
  const key = keyOf(request);
  if (key === undefined && !wantsPreview(request))
    throw badHeader(Headers.idempotencyKey, 'IDEMPOTENCY_KEY_REQUIRED', 'It is required here: without one a retry could do this twice.');
  return metaFor(request, key);
};

/** Meta of a request that may be repeated by its nature (PUT): the key is optional. */
export const requestMetaOf = (request: Request): Meta => metaFor(request, keyOf(request));

/** Parameter of a handler that changes nothing: who asks. */
export const Actor = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context.switchToHttp().getRequest()));

/** The handler that takes it can be previewed. */
const deciding = (...given: Parameters<typeof documented>): (() => ParameterDecorator) => {
  const decorate = documented(...given);
  return () => (target, key, index) => {
    decorate()(target, key, index);
    if (key !== undefined) noteDecides(target, key);
  };
};

/** Parameter of a POST handler: `place(@Body() body: PlaceOrderDto, @CommandMeta() meta: Meta)`. Demands `Idempotency-Key`. */
export const CommandMeta = deciding(
  createParamDecorator((_: unknown, context: ExecutionContext) => commandMetaOf(context.switchToHttp().getRequest())),
  {
    name: Headers.idempotencyKey,
    required: true,
    description: `Names this request among those of its caller and channel: sent again, it changes nothing. ${keyRule}`,
  },
);

/** Parameter of a PUT or DELETE handler: as `CommandMeta`, but a missing `Idempotency-Key` is made up. */
export const RequestMeta = deciding(
  createParamDecorator((_: unknown, context: ExecutionContext) => requestMetaOf(context.switchToHttp().getRequest())),
  { name: Headers.idempotencyKey, required: false, description: `Names this request among those of its caller and channel. ${keyRule}` },
);
