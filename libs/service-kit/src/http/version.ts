import { Refused, type Handled, type Named } from '@cartage/eventsourcing';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { documented, headerOf, Headers } from './headers';

/** The ETag of a stream's version. */
export const etagOf = (version: number): string => `"${version}"`;

const versionIn = (value: string): number => {
  const digits = /^(?:W\/)?"(\d{1,15})"$/.exec(value)?.[1];
  if (digits !== undefined) return Number(digits);
  const message = `It must be the ETag of an earlier answer, such as "3", or *.`;
  throw new Refused('IF_MATCH_INVALID', `Header ${Headers.ifMatch}: ${message}`, 'invalid', [
    { field: Headers.ifMatch, code: 'IF_MATCH_INVALID', message },
  ]);
};

/** The version that a request speaks of; nothing when it does not say, or says `*`. */
export const ifMatchOf = ({ headers }: { readonly headers: Parameters<typeof headerOf>[0] }): number | undefined => {
  const value = headerOf(headers, Headers.ifMatch);
  return value === undefined || value === '*' ? undefined : versionIn(value);
};

/** Parameter of a handler: the version in `If-Match`, to be passed on as `ifVersion`. */
export const IfMatch = documented(
  createParamDecorator((_: unknown, context: ExecutionContext) => ifMatchOf(context.switchToHttp().getRequest())),
  {
    name: Headers.ifMatch,
    required: false,
    description: 'The `ETag` of an earlier answer: nothing is done unless it is still the newest.',
  },
);

/** What a command's answer tells of the log; every `Handled` is one. */
export type Answered = Pick<Handled<unknown, Named>, 'version' | 'position' | 'repeated'>;

/** As much of a Fastify reply as an answer needs. */
export interface Reply {
  header(name: string, value: string): unknown;
}

/**
 * Sets `ETag`, `Cartage-Position` and, for a repeat, `Cartage-Repeated` on the answer to a command.
 * The handler takes the reply with `@Res({ passthrough: true }) reply: FastifyReply`.
 */
export const answered = (reply: Reply, { version, position, repeated }: Answered): void => {
  reply.header(Headers.etag, etagOf(version));
  if (position !== '') reply.header(Headers.position, position);
  if (repeated) reply.header(Headers.repeated, 'true');
};
