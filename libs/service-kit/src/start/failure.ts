import { messageOf } from '@cartage/eventsourcing';
import { distrustIn, type Cause } from '@cartage/messaging';
import type { CommonSettings } from '../settings/common';

/** Why a process does not start: one line for each reason, which names the thing and the fix. Printed without a stack; the exit code is not 0. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';

  constructor(
    readonly lines: readonly string[],
    options?: ErrorOptions,
  ) {
    super(lines.join('\n'), options);
  }
}

/** What the process was told, as far as failures are explained by it. */
export type StartSettings = Pick<CommonSettings, 'HOST' | 'PORT' | 'DATABASE_URL'>;

interface Coded {
  readonly code?: unknown;
  readonly syscall?: unknown;
  /** Of a name that could not be resolved. */
  readonly hostname?: unknown;
}

/** Where a URL leads, without who and with which password. */
const placeOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};

const portFailures: Readonly<Record<string, (told: StartSettings) => string>> = {
  EADDRINUSE: ({ HOST, PORT }) =>
    `Setting PORT: port ${PORT} on ${HOST} is in use already. Stop the program that has it, or set PORT to a free one.`,
  EACCES: ({ PORT }) => `Setting PORT: this user may not listen on port ${PORT}. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: ({ HOST }) => `Setting HOST: this machine has no address ${HOST}. Set HOST to one of its own, or 127.0.0.1.`,
  ENOTFOUND: ({ HOST }) => `Setting HOST: nothing is known by the name ${HOST}. Set HOST to an address of this machine, or 127.0.0.1.`,
};

const caFix = 'Name the file with the certificates of its authority in sslrootcert of DATABASE_URL, or in DATABASE_TLS_CA_FILE.';

/** Of those that the driver does not say by a code of its own. */
const NO_TLS = 'The server does not support SSL connections';

const trustReasons: Readonly<Partial<Record<Cause, string>>> = {
  authority: `its certificate is from an authority that is not known here. ${caFix}`,
  name: 'its certificate is for another name. Name the host as the certificate does.',
  date: 'its certificate is not valid today. Renew it, or set this machine’s clock.',
  client:
    'it wants a certificate of this process, from an authority of its own. Name it in sslcert and sslkey, or DATABASE_TLS_CERTIFICATE_FILE and DATABASE_TLS_KEY_FILE.',
  tls: 'it does not speak TLS. Set ssl=on there, or leave sslmode and the files of certificates out.',
};

const trustFailure = (error: object, { DATABASE_URL }: StartSettings): string | undefined => {
  const cause = messageOf(error) === NO_TLS ? 'tls' : distrustIn(error)?.cause;
  const reason = cause && trustReasons[cause];
  return reason && `Setting DATABASE_URL: Postgres at ${placeOf(DATABASE_URL)} is not trusted: ${reason}`;
};

const databaseReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host’s name cannot be resolved',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no way to the host',
  ECONNRESET: 'the connection was closed',
  '28P01': 'it refuses this user and password',
  '28000': 'it does not let this user in',
  '3D000': 'there is no such database',
  '42501': 'this user may not make a schema there',
  '53300': 'it has no free connections',
  '57P03': 'it is still starting',
};

/** Postgres says which rule of its own is missing, and whether it is for encrypted connections; never a password. */
const NOT_LET_IN = '28000';

const databaseFailure = (code: string, error: object, { DATABASE_URL }: StartSettings): string => {
  const reason = code === NOT_LET_IN ? `${databaseReasons[code]} (${messageOf(error)})` : databaseReasons[code];
  return `Setting DATABASE_URL: Postgres at ${placeOf(DATABASE_URL)} cannot be used: ${reason}. Start it, or correct DATABASE_URL.`;
};

const lineOf = (error: Coded, told: StartSettings): string | undefined => {
  const { code, syscall, hostname } = error;
  const distrusted = trustFailure(error, told);
  if (distrusted !== undefined || typeof code !== 'string') return distrusted;
  if (syscall === 'listen' || hostname === told.HOST) return portFailures[code]?.(told);
  return code in databaseReasons ? databaseFailure(code, error, told) : undefined;
};

/** A failure that a person can mend as one line that names it and the fix; anything else as it is. */
export const explained = (error: unknown, told: StartSettings): unknown => {
  if (error instanceof StartFailure || typeof error !== 'object' || error === null) return error;
  const line = lineOf(error, told);
  return line === undefined ? error : new StartFailure([line], { cause: error });
};
