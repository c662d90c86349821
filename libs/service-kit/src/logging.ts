import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { codeOf, messageOf } from '@cartage/eventsourcing';

/**
 * What is told of an error: no fields beyond these, because database errors carry the values of the rows they are about, and those of an ORM the
 * parameters of their statement.
 */
const errorFields = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null) return error;
  const { name, stack, cause } = error as Partial<Error>;
  return {
    type: name,
    message: messageOf(error),
    code: codeOf(error),
    stack,
    ...(cause === undefined ? {} : { cause: errorFields(cause) }),
  };
};

const hidden = ['authorization', 'cookie', 'password', 'token', 'personal', 'customer', 'MASTER_KEY', 'DATABASE_URL'];

/** JSON lines on standard output, one for each thing that happened. Fields that may hold secrets or personal data are left out wherever they stand. */
export const logger = (level: string, into?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFields },
      redact: { paths: hidden.flatMap((name) => [name, `*.${name}`]), remove: true },
    },
    into ?? pino.destination(1),
  );

const textOf = (message: unknown): string => (typeof message === 'string' ? message : JSON.stringify(message));

/** Nest names it when the address to listen on cannot be had, and throws the error as well: whoever catches that says it, once. */
const SAID_BY_OTHERS = 'NestApplication';

/** Nest's own messages: what it warns of in ours, its chatter at trace. */
export const nestLogger = (log: Logger): LoggerService => {
  const chatter = (message: unknown): void => log.trace(textOf(message));
  return {
    log: chatter,
    debug: chatter,
    verbose: chatter,
    warn: (message: unknown) => log.warn(textOf(message)),
    error: (message: unknown, ...more: readonly unknown[]) =>
      more.at(-1) === SAID_BY_OTHERS ? chatter(message) : log.error(textOf(message)),
    fatal: (message: unknown) => log.fatal(textOf(message)),
  };
};
