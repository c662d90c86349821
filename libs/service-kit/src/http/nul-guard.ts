import { Refused } from '@cartage/eventsourcing';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const stepInto = (path: string, key: string, isList: boolean): string => {
  if (isList) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
};

const nulBelow = (parent: object, path: string): string | undefined => {
  const isList = Array.isArray(parent);
  for (const [key, item] of Object.entries(parent)) {
    const found = nulIn(item, stepInto(path, key, isList));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The JSON path of the first text with a NUL character; nothing when there is none. */
export const nulIn = (value: unknown, path = ''): string | undefined => {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  return typeof value === 'object' && value !== null ? nulBelow(value, path) : undefined;
};

/** Refuses NUL characters wherever they come in: no column of Postgres can hold one, so such a fact could be written but never be shown. */
@Injectable()
export class NulGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body, query, params } = context.switchToHttp().getRequest<FastifyRequest>();
    const field = nulIn(body) ?? nulIn(query) ?? nulIn(params);
    if (field === undefined) return true;
    const message = 'must not hold the character NUL (\\u0000)';
    throw new Refused('CHARACTER_REFUSED', `${field}: ${message}`, 'invalid', [{ field, code: 'CHARACTER_REFUSED', message }]);
  }
}
