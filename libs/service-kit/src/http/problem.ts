import { Refused, TooContended, type FieldError, type RefusalKind } from '@cartage/eventsourcing';
import { messageOf } from '@cartage/eventsourcing';

/** An error answer (RFC 9457, `application/problem+json`). `code` is stable; the texts are for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Tells support and logs which request it was. */
  readonly correlationId: string;
  readonly errors?: readonly FieldError[];
}

export const statusOf: Readonly<Record<RefusalKind, number>> = { conflict: 409, unknown: 404, invalid: 422, stale: 412 };

export const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  404: 'Not known here',
  408: 'The request came too slowly',
  409: 'It clashes with what is so',
  412: 'The version is not the newest',
  413: 'The body is too large',
  414: 'The address is too long',
  415: 'The media type is not supported',
  422: 'The request is wrong',
  503: 'Try again later',
};

/** What cannot be read before anybody looks at what it says: 400. */
export class Unreadable extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Said {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

const said = (status: number, code: string, detail: string): Said => ({ status, code, detail });

/** What Fastify refuses before any handler sees the request, by its error code. */
const byFastifyCode: Readonly<Record<string, Said>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: said(400, 'BODY_EMPTY', 'The body is empty. Send JSON.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: said(400, 'BODY_MALFORMED', 'The body is not as long as Content-Length says.'),
  FST_ERR_CTP_BODY_TOO_LARGE: said(413, 'BODY_TOO_LARGE', 'The body is larger than 16 MB.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: said(415, 'MEDIA_TYPE_UNSUPPORTED', 'Send application/json.'),
  FST_ERR_BAD_URL: said(400, 'PATH_MALFORMED', 'The path is not a well-formed URL.'),
  FST_ERR_MAX_PARAM_LENGTH: said(414, 'PATH_TOO_LONG', 'A part of the path is too long.'),
};

const refusal = ({ kind, code, message, errors }: Refused): Said => ({
  ...said(statusOf[kind], code, message),
  ...(errors.length > 0 ? { errors } : {}),
});

interface WithStatus {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly status?: unknown;
}

const isMalformedJson = (error: WithStatus): boolean => error.name === 'SyntaxError' || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY';

const byStatus = (status: number, error: WithStatus): Said => {
  if (status === 404) return said(404, 'ROUTE_UNKNOWN', 'There is nothing at this address for this method. See /docs.');
  // Its own text would quote the body.
  if (isMalformedJson(error)) return said(400, 'BODY_MALFORMED', 'The body is not well-formed JSON.');
  return said(status, 'REQUEST_REFUSED', messageOf(error));
};

/** Errors of the server below us say their status themselves: Fastify's as `statusCode`, Nest's as `status`. */
const fromServer = (error: WithStatus): Said | undefined => {
  const known = typeof error.code === 'string' ? byFastifyCode[error.code] : undefined;
  if (known) return known;
  const status = error.statusCode ?? error.status;
  return typeof status === 'number' && status >= 400 && status <= 499 ? byStatus(status, error) : undefined;
};

const whatIsSaid = (error: unknown): Said | undefined => {
  if (error instanceof Refused) return refusal(error);
  if (error instanceof Unreadable) return said(400, error.code, error.message);
  if (error instanceof TooContended) return said(503, 'TOO_CONTENDED', 'Too many requests change this at once. Send it again.');
  return typeof error === 'object' && error !== null ? fromServer(error) : undefined;
};

const fault = said(
  500,
  'FAULT',
  'Something broke on our side. Nothing is known to be wrong with the request; a retry with the same key is safe.',
);

/** The problem that an error is for the caller; faults tell nothing of their inside. */
export const problemOf = (error: unknown, correlationId: string): Problem => {
  const { status, code, detail, errors } = whatIsSaid(error) ?? fault;
  return {
    type: `urn:cartage:problem:${code}`,
    title: titles[status] ?? 'Something broke',
    status,
    code,
    detail,
    correlationId,
    ...(errors ? { errors } : {}),
  };
};
