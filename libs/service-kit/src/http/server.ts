import type { Server } from 'node:http';
import { limits } from '@cartage/contracts';
import type { Tracing } from '@cartage/eventsourcing';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { accessOfRoutes, type Route } from '../auth/access';
import { guard, type GuardOptions } from '../auth/guard';
import type { AreaAt } from '../auth/scopes';
import { readJson } from '../input/json-body';
import { RequestPipe } from '../input/request-pipe';
import { nestLogger } from '../logging';
import type { Metrics } from '../metrics/metrics';
import { serveMetrics } from '../metrics/serving';
import { takeForms } from './form';
import { correlationIdOf, Headers } from './headers';
import { knownRoutes, noHandler, type KnownRoutes } from './methods';
import { HttpRefused } from './problem';
import { ProblemFilter, sendProblem } from './problem-filter';
import { keepRawBodies } from './raw-body';
import { answerClientError, answerExpectations } from './refusals-of-node';
import { shedLoad } from './shedding';
import { traceRequests } from '../tracing/traced-requests';
import { takeUploads } from '../upload/upload';
import { answerUndecided, PreviewGuard } from '../preview/answering';
import { separatePreviews, type PublicationAt } from '../preview/previewing';

/** An order of 10,000 lines fits in. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** The longest name of a thing, each of its characters written in twelve. */
const LONGEST_PARAMETER = 12 * limits.externalId;

/** What a request may hold RequestPipe says. Fastify would load two compilers of schemas, 120 modules, for routes that have any; no route here has. */
const noSchemas = (): never => {
  throw new Error('A route with a schema for Fastify: what requests hold is said by their DTOs.');
};

/** Fastify, set up for Cartage. What it refuses before any handler becomes a problem at once: Nest would pass it on without its code. */
class CartageAdapter extends FastifyAdapter {
  readonly routes: KnownRoutes;

  constructor(
    private readonly log: Logger,
    trusted: readonly string[] | undefined,
  ) {
    super({
      trustProxy: trusted ? [...trusted] : false,
      logger: false,
      bodyLimit: BODY_LIMIT,
      genReqId: correlationIdOf,
      requestIdHeader: false,
      // While it stops, whoever is still connected is served once more and then told to go: nobody is sent away.
      return503OnClosing: false,
      schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
      routerOptions: { maxParamLength: LONGEST_PARAMETER },
      // Node would refuse a request without Host by itself, in its own form.
      http: { requireHostHeader: false },
      clientErrorHandler: answerClientError,
      frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(error, request, reply, log),
    });
    this.routes = knownRoutes(this.getInstance<FastifyInstance>());
  }

  /** Nest would load Express' middleware, which nobody here uses and every request would pay for. */
  override async init(): Promise<void> {
    return undefined;
  }

  override setErrorHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setErrorHandler((error, request, reply) => sendProblem(error, request, reply, this.log));
  }

  override setNotFoundHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setNotFoundHandler((request, reply) =>
      sendProblem(noHandler(this.routes, request, reply), request, reply, this.log),
    );
  }
}

/** One line for each request, but only where somebody asked for it: at debug. */
const logRequests = (server: FastifyInstance, log: Logger): void => {
  if (!log.isLevelEnabled('debug')) return;
  server.addHook('onResponse', (request, reply, done) => {
    const { method, url, id } = request;
    log.debug({ method, path: url.split('?', 1)[0], status: reply.statusCode, ms: reply.elapsedTime, correlationId: id }, 'request');
    done();
  });
};

const noHost = { status: 400, code: 'HOST_MISSING', detail: 'HTTP/1.1 demands a Host header.' };

const greet = (server: FastifyInstance): void => {
  server.addHook('onRequest', ({ id, headers, raw }, reply, done) => {
    reply.header(Headers.correlationId, id);
    done(headers.host === undefined && raw.httpVersion === '1.1' ? new HttpRefused(noHost) : undefined);
  });
};

export interface HttpOptions {
  readonly log: Logger;
  /** So many requests may be in hand at once. */
  readonly maxInFlight: number;
  /** In whose words a preview is told. */
  readonly publicationAt?: PublicationAt;
  /** What is measured, and told at `/metrics`. */
  readonly metrics?: Metrics;
  /** Where requests are traced; absent: nowhere. */
  readonly tracing?: Tracing | undefined;
  /** Who is let in; absent: whoever comes. */
  readonly guarding?: GuardOptions;
  /** What addresses are about, for those that demand nothing of their own. */
  readonly areaAt?: AreaAt;
}

export interface HttpServer {
  readonly app: NestFastifyApplication;
  /** Every address, and what it demands; complete once the application was initialised. */
  readonly routes: readonly Route[];
}

/** The HTTP server of a process: JSON and the forms of pages, problem details for every error, DTOs checked, card data refused, too much turned away. */
export const httpServer = async (
  root: DynamicModule,
  { log, maxInFlight, publicationAt = () => undefined, metrics, tracing, guarding, areaAt = () => undefined }: HttpOptions,
): Promise<HttpServer> => {
  const adapter = new CartageAdapter(log, guarding?.settings.TRUSTED_PROXIES);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
  });
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  greet(server);
  if (tracing) traceRequests(server, tracing);
  shedLoad(server, { maxInFlight });
  const routes = accessOfRoutes(server, areaAt);
  if (guarding) await guard(app, guarding);
  readJson(server);
  takeUploads(server);
  takeForms(server);
  logRequests(server, log);
  if (metrics) serveMetrics(server, metrics);
  keepRawBodies(server);
  answerExpectations(app.getHttpServer() as Server);
  separatePreviews(server, publicationAt);
  answerUndecided(server, publicationAt);
  app.useGlobalGuards(new PreviewGuard());
  app.useGlobalFilters(new ProblemFilter(log, publicationAt));
  app.useGlobalPipes(new RequestPipe());
  return { app, routes };
};
