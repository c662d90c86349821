import { codeOf, isAway, isError, Refused, type FieldError, type RefusalKind } from '@cartage/eventsourcing';
import { HttpException } from '@nestjs/common';

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

export const statusOf: Readonly<Record<RefusalKind, number>> = {
  conflict: 409,
  unknown: 404,
  invalid: 422,
  stale: 412,
  unproven: 401,
};

export const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'Not proven by whom it is',
  403: 'Not allowed to whoever asks',
  404: 'Not known here',
  405: 'Not possible here',
  408: 'The request came too slowly',
  409: 'It clashes with what is so',
  412: 'The version is not the newest',
  413: 'The body is too large',
  414: 'The address is too long',
  415: 'The media type is not supported',
  417: 'What is expected cannot be met',
  422: 'The request is wrong',
  429: 'Too many requests',
  431: 'The headers are too large',
  503: 'Try again later',
};

/** As much of a problem as is known before the request is. */
export interface Said {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

const said = (status: number, code: string, detail: string): Said => ({ status, code, detail });

/** What is refused before anybody looks at what the request says. */
export class HttpRefused extends Error {
  constructor(readonly said: Said) {
    super(said.detail);
  }
}

const malformedBody = said(400, 'BODY_MALFORMED', 'The body is not well-formed JSON.');

/** What Fastify refuses before any handler sees the request, by its error code. Its own texts may quote the request. */
const byFastifyCode: Readonly<Record<string, Said>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: said(400, 'BODY_EMPTY', 'The body is empty. Send JSON.'),
  FST_ERR_CTP_INVALID_JSON_BODY: malformedBody,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: said(400, 'BODY_MALFORMED', 'The body is not as long as Content-Length says.'),
  FST_ERR_CTP_BODY_TOO_LARGE: said(413, 'BODY_TOO_LARGE', 'The body is larger than this address takes.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: said(415, 'MEDIA_TYPE_UNSUPPORTED', 'Send application/json.'),
  FST_ERR_BAD_URL: said(400, 'PATH_MALFORMED', 'The path is not a well-formed URL.'),
  FST_ERR_MAX_PARAM_LENGTH: said(414, 'PATH_TOO_LONG', 'A part of the path is too long.'),
};

const refusal = ({ kind, code, message, errors }: Refused): Said => ({
  ...said(statusOf[kind], code, message),
  ...(errors.length > 0 ? { errors } : {}),
});

const routeUnknown = said(404, 'ROUTE_UNKNOWN', 'There is nothing at this address. See /docs.');
const requestRefused = (status: number): Said =>
  said(status, 'REQUEST_REFUSED', titles[status] ?? 'The server does not take this request.');

const isRefusing = (status: unknown): status is number => typeof status === 'number' && status >= 400 && status <= 499;

/** Fastify's and Nest's own refusals, and nobody else's: a library's error that happens to have a status is a fault of ours, and its text may tell much. */
const ofFramework = (error: object): Said | undefined => {
  const code = codeOf(error) ?? '';
  const known = byFastifyCode[code];
  if (known) return known;
  if (error instanceof HttpException) return error.getStatus() === 404 ? routeUnknown : ofStatus(error.getStatus());
  return code.startsWith('FST_ERR_') && 'statusCode' in error ? ofStatus(error.statusCode) : undefined;
};

const ofStatus = (status: unknown): Said | undefined => (isRefusing(status) ? requestRefused(status) : undefined);

/** A caller who goes away while sending; Fastify gives the stream's error a status. */
const isBrokenOff = (error: object): boolean =>
  'statusCode' in error && error.statusCode === 400 && /^(ECONNRESET|ERR_STREAM_PREMATURE_CLOSE)$/.test(codeOf(error) ?? '');

const busy: Readonly<Record<string, Said>> = {
  TooContended: said(503, 'TOO_CONTENDED', 'Too many requests change this at once. Send it again.'),
  Overloaded: said(503, 'OVERLOADED', 'More is asked than can be done right now. Nothing was done; send it again a little later.'),
};

const away = said(
  503,
  'AWAY',
  'Something that this needs is away or too busy. Send it again with the same key: what was done already is not done twice.',
);

const ofBusy = (error: object): Said | undefined => (isError(error) && Object.hasOwn(busy, error.name) ? busy[error.name] : undefined);

const ofOthers = (error: object): Said | undefined =>
  ofBusy(error) ?? (isBrokenOff(error) ? malformedBody : ofFramework(error)) ?? (isAway(error) ? away : undefined);

const whatIsSaid = (error: unknown): Said | undefined => {
  if (error instanceof Refused) return refusal(error);
  if (error instanceof HttpRefused) return error.said;
  return typeof error === 'object' && error !== null ? ofOthers(error) : undefined;
};

const fault = said(
  500,
  'FAULT',
  'Something broke on our side. Nothing is known to be wrong with the request; a retry with the same key is safe.',
);

/** What is said, to this request. */
export const problemFor = ({ status, code, detail, errors }: Said, correlationId: string): Problem => ({
  type: `urn:cartage:problem:${code}`,
  title: titles[status] ?? 'Something broke',
  status,
  code,
  detail,
  correlationId,
  ...(errors ? { errors } : {}),
});

/** The problem that an error is for the caller; faults tell nothing of their inside. */
export const problemOf = (error: unknown, correlationId: string): Problem => problemFor(whatIsSaid(error) ?? fault, correlationId);
