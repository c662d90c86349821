import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Headers } from '../http/headers';
import { HttpRefused } from '../http/problem';
import { anybody, callerOf } from './caller';
import type { AuthSettings } from './settings';
import type { Patience } from './gate';

const MINUTE_MS = 60_000;
/** Clients and addresses that are counted at once. */
const COUNTED = 50_000;

export const tooMany = (): HttpRefused =>
  new HttpRefused({
    status: 429,
    code: 'RATE_LIMIT_EXCEEDED',
    detail: 'Too many requests in this minute: send it again when Retry-After says.',
  });

const isKnown = (request: FastifyRequest): boolean => (callerOf(request) ?? anybody) !== anybody;

/** Health and metrics are asked when things are bad. */
const isProbe = ({ routeOptions }: FastifyRequest): boolean => routeOptions.config.access?.reason === 'probe';

/** So many requests a minute of each client, and of each address that names no client; each process counts for itself. Call it before routes are registered. */
export const limitRates = async (
  app: NestFastifyApplication,
  { RATE_LIMIT, RATE_LIMIT_PUBLIC }: Pick<AuthSettings, 'RATE_LIMIT' | 'RATE_LIMIT_PUBLIC'>,
): Promise<void> => {
  const mostOf = (request: FastifyRequest): number => (isKnown(request) ? RATE_LIMIT : RATE_LIMIT_PUBLIC);
  await app.register(rateLimit, {
    global: true,
    timeWindow: MINUTE_MS,
    cache: COUNTED,
    enableDraftSpec: true,
    keyGenerator: (request) => (isKnown(request) ? `client ${callerOf(request)?.actor}` : `address ${request.ip}`),
    max: (request) => mostOf(request),
    allowList: (request) => isProbe(request) || mostOf(request) === 0,
    errorResponseBuilder: () => tooMany(),
  });
};

/** Looking at a token costs more than turning one away: an address with too many that are unknown is asked to wait. */
export const patienceOf = (server: FastifyInstance, { RATE_LIMIT_PUBLIC: max }: Pick<AuthSettings, 'RATE_LIMIT_PUBLIC'>): Patience => {
  if (max === 0) return () => Promise.resolve(undefined);
  const count = server.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator: (request) => `tokens ${request.ip}` });
  return async (request) => {
    const counted = await count(request);
    return !counted.isAllowed && counted.isExceeded ? tooMany() : undefined;
  };
};

/** An API shows nothing, runs nothing and is framed by nobody; the page of the document shows itself. Public pages say more of their own. */
export const setSecurityHeaders = async (app: NestFastifyApplication): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': [`'none'`],
        'script-src': [`'self'`],
        'style-src': [`'self'`, `'unsafe-inline'`],
        'img-src': [`'self'`, 'data:'],
        'connect-src': [`'self'`],
        'base-uri': [`'none'`],
        'form-action': [`'none'`],
        'frame-ancestors': [`'none'`],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
};

/** Lets pages of these origins ask from a browser; without it browsers keep the answers from every page. Tokens travel in a header, never in a cookie. */
export const allowOrigins = (app: NestFastifyApplication, origins: readonly string[]): void =>
  app.enableCors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', Headers.idempotencyKey, Headers.ifMatch, Headers.correlationId, Headers.traceparent],
    exposedHeaders: [Headers.etag, Headers.location, Headers.position, Headers.repeated, Headers.correlationId, 'Retry-After'],
    credentials: false,
    maxAge: 600,
  });
