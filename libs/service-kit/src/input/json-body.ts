import { isKeepable } from '@cartage/contracts';
import { codeOf, Refused } from '@cartage/eventsourcing';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { HttpRefused } from '../http/problem';
import { DEEPEST, pathTo, type Search } from './walk';

const unkeepable: Search = {
  name: (name) => !isKeepable(name),
  value: (value) => typeof value === 'string' && !isKeepable(value),
};

const message = 'must not hold the character NUL or half of a character (a lone surrogate)';

/** The JSON path of the first text that Postgres cannot keep, in values and in names; nothing when there is none. */
export const unkeepableIn = (value: unknown): string | undefined => pathTo(value, unkeepable);

export const refuseUnkeepable = (part: string, value: unknown): void => {
  const path = unkeepableIn(value);
  if (path === undefined) return;
  const field = path || part;
  throw new Refused('CHARACTER_REFUSED', `${field}: ${message}`, 'invalid', [{ field, code: 'CHARACTER_REFUSED', message }]);
};

/** Looks for nothing, and so into everything. */
const everything: Search = { name: () => false, value: () => false };

const hasMoreThan = (most: number, sign: string, text: string): boolean => {
  let at = -1;
  for (let found = 0; found <= most; found += 1) {
    at = text.indexOf(sign, at + 1);
    if (at === -1) return false;
  }
  return true;
};

/** What nests too deep would end whatever follows it level by level, such as `JSON.stringify`. Few bodies have so many brackets as to be walked. */
const refuseTooDeep = (text: string, body: unknown): void => {
  if (hasMoreThan(DEEPEST / 2, '{', text) || hasMoreThan(DEEPEST / 2, '[', text)) pathTo(body, everything);
};

/** JSON writes such characters as escapes only. Most bodies have none, and are not walked. */
const suspicious = /\\u(?:0000|d[89a-f])/i;

/** Names such as `__proto__` and `constructor` are ordinary: `JSON.parse` makes fields of them, and nothing here assigns by a name from outside. */
const parsed = (text: string): unknown => {
  if (text === '') throw new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY();
  const body = JSON.parse(text) as unknown;
  refuseTooDeep(text, body);
  if (suspicious.test(text)) refuseUnkeepable('body', body);
  return body;
};

const bodyOf = (text: string): unknown => {
  try {
    // A byte order mark is no part of what it stands before.
    return parsed(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (error) {
    if (error instanceof Refused || codeOf(error) === 'FST_ERR_CTP_EMPTY_JSON_BODY') throw error;
    // Its own text would quote the body.
    throw new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY();
  }
};

const refuseMalformedQuery = (url: string): void => {
  const start = url.indexOf('?');
  if (start === -1) return;
  try {
    decodeURIComponent(url.slice(start).replaceAll('+', ' '));
  } catch {
    throw new HttpRefused({ status: 400, code: 'QUERY_MALFORMED', detail: 'The query is not well-formed: a % begins no character.' });
  }
};

const checkAddress = ({ url, query, params }: FastifyRequest): void => {
  if (!url.includes('%')) return;
  refuseMalformedQuery(url);
  refuseUnkeepable('query', query);
  refuseUnkeepable('path', params);
};

/** Takes JSON bodies, and refuses what could be written to the log but never be kept in a column, wherever it comes in. */
export const readJson = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_, text, done) => {
    try {
      done(null, bodyOf(String(text)));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
  server.addHook('onRequest', (request, _, done) => {
    checkAddress(request);
    done();
  });
};
