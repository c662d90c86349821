import type { Readable } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { routeConfig } from '../http/route-config';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { NoPreview } from '../preview/answering';

export const uploadTypes = ['application/x-ndjson', 'text/csv'] as const;
export type UploadType = (typeof uploadTypes)[number];

/**
 * A file as it comes in, to be read once, piece by piece: it may be larger than memory. `recordsOf` makes records of it. What it holds is no part of the request's
 * fingerprint, so nothing of it is enumerable.
 */
export class Upload {
  readonly #bytes: Readable;
  readonly #type: UploadType;

  constructor(bytes: Readable, type: UploadType) {
    this.#bytes = bytes;
    this.#type = type;
  }

  get bytes(): Readable {
    return this.#bytes;
  }

  get type(): UploadType {
    return this.#type;
  }
}

const takesUploads = ({ routeOptions }: FastifyRequest): boolean => 'upload' in routeOptions.config;

/** Takes files on routes with `@TakesUpload()`; everywhere else they are as unknown as any other type of body. */
export const takeUploads = (server: FastifyInstance): void => {
  for (const type of uploadTypes)
    server.addContentTypeParser(type, (request: FastifyRequest, payload, done) => {
      if (takesUploads(request)) done(null, new Upload(payload, type));
      else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type));
    });
};

/** On a handler that takes `@Uploaded()`. A file is taken line by line, and what each would do hangs on those before it: there is nothing to preview. */
export const TakesUpload = (about: string): MethodDecorator =>
  applyDecorators(
    routeConfig({ upload: true }),
    NoPreview(),
    ApiConsumes(...uploadTypes),
    ApiBody({ description: about, required: true, schema: { type: 'string', format: 'binary' } }),
  );

/** Parameter of a handler with `@TakesUpload()`. */
export const Uploaded = createParamDecorator((_: unknown, context: ExecutionContext): Upload => {
  const { body, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  if (body instanceof Upload) return body;
  throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(headers['content-type']);
});
