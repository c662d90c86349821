import { limits } from '@cartage/contracts';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { readJson } from '../input/json-body';
import { RequestPipe } from '../input/request-pipe';
import { nestLogger } from '../logging';
import { correlationIdOf } from './correlation';
import { Headers } from './headers';
import { ProblemFilter, sendProblem } from './problem-filter';
import { keepRawBodies } from './raw-body';

/** An order of 10,000 lines fits in. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** Fastify, set up for Cartage. What it refuses before any handler becomes a problem at once: Nest would pass it on without its code. */
class CartageAdapter extends FastifyAdapter {
  constructor(private readonly log: Logger) {
    super({
      logger: false,
      bodyLimit: BODY_LIMIT,
      genReqId: correlationIdOf,
      requestIdHeader: false,
      // While it stops, whoever is still connected is served once more and then told to go: nobody is sent away.
      return503OnClosing: false,
      // The longest name of a thing, each character written in twelve.
      routerOptions: { maxParamLength: 12 * limits.externalId },
      frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(error, request, reply, log),
    });
  }

  override setErrorHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setErrorHandler((error, request, reply) => sendProblem(error, request, reply, this.log));
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

/** The HTTP server of a process: JSON only, problem details for every error, DTOs checked, card data refused. */
export const httpServer = async (root: DynamicModule, log: Logger): Promise<NestFastifyApplication> => {
  const adapter = new CartageAdapter(log);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
  });
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  readJson(server);
  server.addHook('onRequest', (request, reply, done) => {
    reply.header(Headers.correlationId, request.id);
    done();
  });
  logRequests(server, log);
  keepRawBodies(server);
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalPipes(new RequestPipe());
  return app;
};
