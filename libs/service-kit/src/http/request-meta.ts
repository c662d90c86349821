import { createHash } from 'node:crypto';
import { Refused, type Meta } from '@cartage/eventsourcing';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { newId } from '../ids';
import { documented } from './documented';
import { headerOf, Headers } from './headers';

type AskedBy = Pick<FastifyRequest, 'id' | 'method' | 'url' | 'headers' | 'body'>;

const keys = /^[\x21-\x7e]{1,200}$/;
const actors = /^[\x20-\x7e]{1,200}$/;
const traceparents = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** The same command id with another of these is another request. As the body was understood: blanks do not count. */
const fingerprintOf = ({ method, url, body }: AskedBy): string =>
  createHash('sha256')
    .update(`${method} ${url.split('?', 1)[0]}\n${JSON.stringify(body) ?? ''}`)
    .digest('base64url');

/** A key may come bare or, as the IETF draft has it, in double quotes. */
const keyOf = ({ headers }: AskedBy): string | undefined => {
  const key = headerOf(headers, Headers.idempotencyKey)?.replace(/^"(.*)"$/, '$1');
  if (key !== undefined && !keys.test(key)) throw badHeader(Headers.idempotencyKey, 'IDEMPOTENCY_KEY_INVALID', keyRule);
  return key;
};

const keyRule = 'It must be 1 to 200 visible ASCII characters without blanks, such as a UUID.';

const badHeader = (header: string, code: string, message: string): Refused =>
  new Refused(code, `Header ${header}: ${message}`, 'invalid', [{ field: header, code, message }]);

const actorOf = ({ headers }: AskedBy): string => {
  const actor = headerOf(headers, Headers.actor) ?? 'api';
  if (!actors.test(actor)) throw badHeader(Headers.actor, 'ACTOR_INVALID', 'It must be 1 to 200 ASCII characters.');
  return actor;
};

const metaFor = (request: AskedBy, commandId: string): Meta => {
  const traceparent = headerOf(request.headers, Headers.traceparent);
  return {
    commandId,
    correlationId: request.id,
    actor: actorOf(request),
    fingerprint: fingerprintOf(request),
    ...(traceparent !== undefined && traceparents.test(traceparent) ? { traceparent } : {}),
  };
};

/** Meta of a request that must not be done twice: its `Idempotency-Key` is the command id, and is demanded. */
export const commandMetaOf = (request: AskedBy): Meta => {
  const key = keyOf(request);
  if (key === undefined)
    throw badHeader(Headers.idempotencyKey, 'IDEMPOTENCY_KEY_REQUIRED', 'It is required here: without one a retry could do this twice.');
  return metaFor(request, key);
};

/** Meta of a request that may be repeated by its nature (PUT): the key is optional. */
export const requestMetaOf = (request: AskedBy): Meta => metaFor(request, keyOf(request) ?? newId());

/** Parameter of a POST handler: `place(@Body() body: PlaceOrderDto, @CommandMeta() meta: Meta)`. Demands `Idempotency-Key`. */
export const CommandMeta = documented(
  createParamDecorator((_: unknown, context: ExecutionContext) => commandMetaOf(context.switchToHttp().getRequest())),
  { name: Headers.idempotencyKey, required: true, description: `Names this request: sent again, it changes nothing. ${keyRule}` },
);

/** Parameter of a PUT or DELETE handler: as `CommandMeta`, but a missing `Idempotency-Key` is made up. */
export const RequestMeta = documented(
  createParamDecorator((_: unknown, context: ExecutionContext) => requestMetaOf(context.switchToHttp().getRequest())),
  { name: Headers.idempotencyKey, required: false, description: `Names this request. ${keyRule}` },
);
