import { codeOf, isAway, messageOf } from '@cartage/eventsourcing';
import { distrustIn, type Cause } from '@cartage/messaging';
import type { CommonSettings } from '../settings/common';

/** EX_CONFIG of sysexits.h: trying again without changing something is in vain. */
export const WRONG_CONFIGURATION = 78;
/** EX_TEMPFAIL of sysexits.h: what is needed was away for too long; another try may find it. */
export const STILL_AWAY = 75;

/** Why a process does not start: one line for each reason, which names the thing and the fix. Printed without a stack; the exit code is not 0. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
  readonly exitCode: number;

  constructor(
    readonly lines: readonly string[],
    { exitCode = WRONG_CONFIGURATION, ...options }: ErrorOptions & { readonly exitCode?: number } = {},
  ) {
    super(lines.join('\n'), options);
    this.exitCode = exitCode;
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

/** Where a URL leads, without who, with which password and how. It may name several hosts. */
const placeOf = (url: string): string => url.replace(/^[^:]*:\/\/([^@/]*@)?/, '').replace(/\/?\?.*$/, '');

const portFailures: Readonly<Record<string, (told: StartSettings) => string>> = {
  EADDRINUSE: ({ HOST, PORT }) =>
    `Setting PORT: port ${PORT} on ${HOST} is in use already. Stop the program that has it, or set PORT to a free one.`,
  EACCES: ({ PORT }) => `Setting PORT: this user may not listen on port ${PORT}. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: ({ HOST }) => `Setting HOST: this machine has no address ${HOST}. Set HOST to one of its own, or 127.0.0.1.`,
  ENOTFOUND: ({ HOST }) => `Setting HOST: nothing is known by the name ${HOST}. Set HOST to an address of this machine, or 127.0.0.1.`,
};

/** Something that a start cannot do without. */
export interface Needed {
  readonly what: 'Postgres' | 'KurrentDB';
  /** The setting that says where it is. */
  readonly setting: string;
  readonly url: string;
}

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

const trustFailure = (error: unknown, { setting, url }: Pick<Needed, 'setting' | 'url'>): string | undefined => {
  const cause = messageOf(error) === NO_TLS ? 'tls' : distrustIn(error)?.cause;
  const reason = cause && trustReasons[cause];
  return reason && `Setting ${setting}: Postgres at ${placeOf(url)} is not trusted: ${reason}`;
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
  '53100': 'its disk is full',
  '53200': 'it has no memory left',
  '53300': 'it has no free connections',
  '55P03': 'what the start needs is locked there',
  '57014': 'it took too long',
  '57P01': 'it is stopping',
  '57P02': 'it has crashed',
  '57P03': 'it is still starting',
  '25006': 'it may only be read, as a standby may',
};

const KNOWN = new Map(Object.entries(databaseReasons));

/** Postgres says which rule of its own is missing, and whether it is for encrypted connections; never a password. */
const NOT_LET_IN = '28000';

/** In words, why a database cannot be used. */
export const reasonOf = (error: unknown): string => {
  const reason = KNOWN.get(codeOf(error) ?? '');
  if (reason === undefined) return messageOf(error);
  return codeOf(error) === NOT_LET_IN ? `${reason} (${messageOf(error)})` : reason;
};

const lineOf = (error: unknown, { what, setting, url }: Needed): string =>
  trustFailure(error, { setting, url }) ??
  `Setting ${setting}: ${what} at ${placeOf(url)} cannot be used: ${reasonOf(error)}. Start it, or correct ${setting}.`;

/** That it cannot be used, by the setting that names it, and what to do. */
export const unusable = (error: unknown, needed: Needed): StartFailure =>
  new StartFailure([lineOf(error, needed)], { cause: error, exitCode: isAway(error) ? STILL_AWAY : WRONG_CONFIGURATION });

const isOfListening = ({ syscall }: Coded): boolean => syscall === 'listen';

const portLine = ({ code, syscall, hostname }: Coded, told: StartSettings): string | undefined => {
  const isOfPort = typeof code === 'string' && (syscall === 'listen' || hostname === told.HOST);
  return isOfPort ? portFailures[code]?.(told) : undefined;
};

/** Whether it is Postgres that cannot be used, or is not trusted. */
const isOfDatabase = (error: Coded, database: Needed): boolean =>
  !isOfListening(error) && (trustFailure(error, database) !== undefined || KNOWN.has(codeOf(error) ?? ''));

/** It answered when the start began, and is gone, or full, in the midst of it: its driver does not always say so by a code. */
const goneMeanwhile = (error: object): StartFailure =>
  new StartFailure([`The start has lost what it needs: ${messageOf(error)}. It may be started again as it is.`], {
    cause: error,
    exitCode: STILL_AWAY,
  });

/** A failure that a person can mend, or that passes, as one line that names it and the fix; anything else as it is. */
export const explained = (error: unknown, told: StartSettings): unknown => {
  if (error instanceof StartFailure || typeof error !== 'object' || error === null) return error;
  const line = portLine(error, told);
  if (line !== undefined) return new StartFailure([line], { cause: error });
  const database: Needed = { what: 'Postgres', setting: 'DATABASE_URL', url: told.DATABASE_URL };
  if (isOfDatabase(error, database)) return unusable(error, database);
  return isAway(error) ? goneMeanwhile(error) : error;
};
