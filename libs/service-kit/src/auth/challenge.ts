import type { FastifyReply } from 'fastify';
import { HttpRefused } from '../http/problem';
import { KeysAway } from './keys';
import type { Scope } from './scopes';
import { TokenRefused } from './tokens';

const challenge = (reply: FastifyReply, ...parts: readonly string[]): void =>
  void reply.header('WWW-Authenticate', ['Bearer realm="cartage"', ...parts].join(', '));

/** Nobody says who asks. */
export const demandToken = (reply: FastifyReply): HttpRefused => {
  challenge(reply);
  return new HttpRefused({ status: 401, code: 'TOKEN_MISSING', detail: 'Say who asks: send Authorization: Bearer <token>.' });
};

/** What is said to whoever has a token that lets nobody in (RFC 6750, 3.1); any other error as it is. */
export const refuseToken = (error: unknown, reply: FastifyReply): unknown => {
  if (error instanceof KeysAway)
    return new HttpRefused({
      status: 503,
      code: 'LOGIN_AWAY',
      detail: 'Nobody can say right now whom the token is of. Send it again a little later.',
    });
  if (!(error instanceof TokenRefused)) return error;
  challenge(reply, 'error="invalid_token"', `error_description="${error.message}"`);
  return new HttpRefused({ status: 401, code: error.code, detail: error.message });
};

/** Somebody who may not do this. */
export const refuseScope = (scope: Scope, reply: FastifyReply): HttpRefused => {
  challenge(reply, 'error="insufficient_scope"', `scope="${scope}"`);
  const message = `The token lacks the scope ${scope}.`;
  return new HttpRefused({
    status: 403,
    code: 'SCOPE_MISSING',
    detail: message,
    errors: [{ field: 'Authorization', code: 'SCOPE_MISSING', message: scope }],
  });
};
