import type { IncomingHttpHeaders } from 'node:http';
import { newId } from '../ids';
import { headerOf, Headers } from './headers';

const plain = /^[\x21-\x7e]{1,128}$/;

/** The correlation id of a request, used as its Fastify request id: the caller's if it is plain text, else a new one. */
export const correlationIdOf = ({ headers }: { readonly headers: IncomingHttpHeaders }): string => {
  const given = headerOf(headers, Headers.correlationId);
  return given !== undefined && plain.test(given) ? given : newId();
};
