import { pipeline, Transform } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest, preParsingHookHandler } from 'fastify';
import { NoPreview } from '../preview/answering';
import { routeConfig } from './route-config';

const bodies = new WeakMap<FastifyRequest, Buffer>();

/** Fastify compares the length with `Content-Length` by this property. */
class Tee extends Transform {
  receivedEncodedLength = 0;
  private readonly chunks: Buffer[] = [];

  constructor(private readonly whole: (body: Buffer) => void) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.receivedEncodedLength += chunk.length;
    this.chunks.push(chunk);
    done(null, chunk);
  }

  override _flush(done: () => void): void {
    this.whole(Buffer.concat(this.chunks));
    done();
  }
}

const keep: preParsingHookHandler = (request, _reply, payload, done) => {
  const tee = new Tee((body) => bodies.set(request, body));
  // A request that breaks off breaks the parsing of its body, too; Fastify answers for both.
  pipeline(payload, tee, () => undefined);
  done(null, tee);
};

export interface RawBodyOptions {
  /** Bytes; absent: as many as any other request may have. */
  readonly atMost?: number;
}

/** Lets routes with `@KeepRawBody()` see the bytes of their body; the others pay nothing. Call it before routes are registered. */
export const keepRawBodies = (server: FastifyInstance): void => {
  server.addHook('onRoute', (route) => {
    const kept = route.config && 'rawBody' in route.config ? (route.config.rawBody as RawBodyOptions) : undefined;
    if (!kept) return;
    route.preParsing = [route.preParsing ?? [], keep].flat();
    if (kept.atMost !== undefined) route.bodyLimit = kept.atMost;
  });
};

/**
 * On a handler that takes `@RawBody()`: a webhook is signed over its very bytes, which JSON that was parsed does not give back. It tells what happened, so that
 * there is nothing to preview.
 */
export const KeepRawBody = (options: RawBodyOptions = {}): MethodDecorator =>
  applyDecorators(routeConfig({ rawBody: options }), NoPreview());

/** Parameter of a handler with `@KeepRawBody()`: the body as it came, empty if there was none. */
export const RawBody = createParamDecorator(
  (_: unknown, context: ExecutionContext) => bodies.get(context.switchToHttp().getRequest<FastifyRequest>()) ?? Buffer.alloc(0),
);
