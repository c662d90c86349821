import type { IncomingHttpHeaders } from 'node:http';
import { ApiHeader, type ApiHeaderOptions } from '@nestjs/swagger';
import { newId } from '../ids';

/** The headers that requests and answers carry beyond the usual ones. */
export const Headers = {
  idempotencyKey: 'Idempotency-Key',
  ifMatch: 'If-Match',
  etag: 'ETag',
  location: 'Location',
  /** Who asks; set by the gateway in front. */
  actor: 'Cartage-Actor',
  /** Shared by everything that follows from one request; taken over when given, made when not, always answered. */
  correlationId: 'Cartage-Correlation-Id',
  /** Where the log stands after the command: the `minPosition` of a read that must see it. */
  position: 'Cartage-Position',
  /** `true` when the same request had been done before and nothing changed. */
  repeated: 'Cartage-Repeated',
  /** The `cursor` of what follows a file that holds a page of a list. */
  next: 'Cartage-Next',
  /** When the newest event that an answer of numbers shows was recorded. */
  heardUntil: 'Cartage-Heard-Until',
  traceparent: 'traceparent',
} as const;

type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A header's value, trimmed; nothing when it is absent or empty. */
export const headerOf = (headers: RequestHeaders, name: string): string | undefined => {
  const value = headers[name.toLowerCase()];
  return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
};

const plain = /^[\x21-\x7e]{1,128}$/;

/** The correlation id of a request, used as its Fastify request id: the caller's if it is plain text, else a new one. */
export const correlationIdOf = ({ headers }: { readonly headers: IncomingHttpHeaders }): string => {
  const given = headerOf(headers, Headers.correlationId);
  return given !== undefined && plain.test(given) ? given : newId();
};

/** A parameter decorator that reads a header, so that the header stands in the document, too. */
export const documented =
  (parameter: () => ParameterDecorator, options: ApiHeaderOptions) => (): ParameterDecorator => (target, key, index) => {
    parameter()(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) ApiHeader(options)(target, key, descriptor);
  };
