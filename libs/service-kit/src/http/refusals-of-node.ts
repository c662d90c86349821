import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { codeOf } from '@cartage/eventsourcing';
import { newId } from '../ids';
import { correlationIdOf, Headers } from './headers';
import { problemFor, type Problem, type Said } from './problem';

/** What Node's own server refuses before there is a request, by its error code. */
const byNodeCode: Readonly<Record<string, Said>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', detail: 'The address and headers are larger than 16 KB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'REQUEST_TOO_SLOW', detail: 'The request came too slowly.' },
};

const malformed: Said = { status: 400, code: 'REQUEST_MALFORMED', detail: 'The request is not well-formed HTTP.' };

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

const answerOf = (problem: Problem): string => {
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `${Headers.correlationId}: ${problem.correlationId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
};

const LINGER_MS = 1_000;

/** Fastify's `clientErrorHandler`: there is no request yet, only a connection and what was wrong with what came. */
export const answerClientError = (error: Error, socket: Socket): void => {
  // Nobody is there any more, or an answer is on its way already.
  if (codeOf(error) === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) return void socket.destroy();
  // What is still coming is read away, so that the caller gets the answer and not a reset; but not for ever.
  socket.resume().setTimeout(LINGER_MS, () => socket.destroy());
  socket.end(answerOf(problemFor(byNodeCode[codeOf(error) ?? ''] ?? malformed, newId())));
};

const unmet: Said = { status: 417, code: 'EXPECTATION_FAILED', detail: 'Only Expect: 100-continue is understood.' };

/** An `Expect` that nobody can meet: Node by itself would answer without a word. */
export const answerExpectations = (server: Server): void => {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const problem = problemFor(unmet, correlationIdOf(request));
    response.writeHead(problem.status, { 'Content-Type': PROBLEM_JSON, [Headers.correlationId]: problem.correlationId });
    response.end(JSON.stringify(problem));
  });
};
