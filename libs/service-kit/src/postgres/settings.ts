import { readFileSync } from 'node:fs';
import { messageOf } from '@cartage/eventsourcing';
import { tlsModeOf, tlsTroubles, withTlsFiles } from '@cartage/postgres';
import { str } from 'envalid';
import { isLoopback } from '../auth/settings';
import type { SettingsSpec } from '../settings/settings';
import { StartFailure } from '../start/failure';

/** How Postgres and this process know each other, where the addresses do not say it themselves. */
export interface DatabaseTlsSettings {
  readonly DATABASE_TLS_CA_FILE: string | undefined;
  readonly DATABASE_TLS_CERTIFICATE_FILE: string | undefined;
  readonly DATABASE_TLS_KEY_FILE: string | undefined;
}

const unless = 'For addresses that say nothing of encryption themselves (sslmode). Read again for every new connection.';

export const databaseTlsSpec: SettingsSpec<DatabaseTlsSettings> = {
  DATABASE_TLS_CA_FILE: str({
    desc: `the file (PEM) with the certificates of the authority that Postgres’s certificate is from: connections are encrypted, and its name is checked. ${unless}`,
    default: undefined,
    example: '/run/secrets/postgres/ca.crt',
  }),
  DATABASE_TLS_CERTIFICATE_FILE: str({
    desc: `the file (PEM) with this client’s own certificate, where Postgres knows its clients by that. ${unless}`,
    default: undefined,
    example: '/run/secrets/postgres/tls.crt',
  }),
  DATABASE_TLS_KEY_FILE: str({
    desc: 'the file (PEM) with the key of that certificate; nobody else may read it.',
    default: undefined,
    example: '/run/secrets/postgres/tls.key',
  }),
};

interface Addresses extends DatabaseTlsSettings {
  readonly DATABASE_URL: string;
  readonly VAULT_DATABASE_URL: string | undefined;
  readonly EVENT_STORE_URL: string | undefined;
}

const NAMES = ['DATABASE_URL', 'VAULT_DATABASE_URL'] as const;

/** As its driver reads them: capitals, hyphens and underscores do not count. */
const kurrentOption = (url: string, name: string): string | undefined =>
  [...new URL(url).searchParams].find(([key]) => key.replaceAll(/[_-]/g, '').toLowerCase() === name)?.[1];

const kurrentTroubles = (url: string): readonly string[] =>
  ['tlscafile', 'usercertfile', 'userkeyfile'].flatMap((name) => {
    const file = kurrentOption(url, name);
    try {
      if (file !== undefined) readFileSync(file);
      return [];
    } catch (error) {
      return [`Setting EVENT_STORE_URL: ${file} cannot be read (${messageOf(error)}). Make it readable, or name another file.`];
    }
  });

/** The settings with the files in the addresses. Refuses what would leave connections less guarded than somebody means them to be. */
export const withDatabaseTls = <Settings extends Addresses>(settings: Settings): Settings => {
  const files = {
    sslrootcert: settings.DATABASE_TLS_CA_FILE,
    sslcert: settings.DATABASE_TLS_CERTIFICATE_FILE,
    sslkey: settings.DATABASE_TLS_KEY_FILE,
  };
  const { VAULT_DATABASE_URL: vault } = settings;
  const whole: Settings = {
    ...settings,
    DATABASE_URL: withTlsFiles(settings.DATABASE_URL, files),
    VAULT_DATABASE_URL: vault === undefined ? undefined : withTlsFiles(vault, files),
  };
  const lines = [
    ...NAMES.flatMap((name) => (whole[name] === undefined ? [] : tlsTroubles(whole[name]).map((why) => `Setting ${name}: ${why}`))),
    ...(whole.EVENT_STORE_URL === undefined ? [] : kurrentTroubles(whole.EVENT_STORE_URL)),
  ];
  if (lines.length > 0) throw new StartFailure(lines);
  return whole;
};

/** A socket in a folder is of this machine, too. */
const staysHere = (url: string): boolean => {
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? hostname;
  return host === '' || host.startsWith('/') || isLoopback(host);
};

const openTo = (name: string, what: string): string =>
  `Setting ${name}: connections to ${what} leave this machine unencrypted, so that whoever is in between can read and change what is in them`;

const databaseWarning = (name: string, url: string): readonly string[] => {
  const mode = tlsModeOf(url);
  if (staysHere(url)) return [];
  if (mode === undefined || mode === 'disable') return [`${openTo(name, 'Postgres')}. Add sslmode=verify-full and sslrootcert to it.`];
  return mode === 'require' && !url.includes('sslrootcert=')
    ? [`Setting ${name}: sslmode=require takes whoever answers for Postgres. Take verify-full, with sslrootcert.`]
    : [];
};

const kurrentWarning = (url: string): readonly string[] => {
  if (isLoopback(new URL(url).hostname)) return [];
  if (kurrentOption(url, 'tls') === 'false')
    return [`${openTo('EVENT_STORE_URL', 'KurrentDB')}. Leave tls=false out, and name its authority in tlsCaFile.`];
  return kurrentOption(url, 'tlsverifycert') === 'false'
    ? [
        'Setting EVENT_STORE_URL: tlsVerifyCert=false takes whoever answers for KurrentDB. Leave it out, and name its authority in tlsCaFile.',
      ]
    : [];
};

/** Which of them cross a network for all to read; nothing where every connection is guarded or stays on this machine. */
export const openDatabases = (settings: Omit<Addresses, keyof DatabaseTlsSettings>): readonly string[] => [
  ...NAMES.flatMap((name) => (settings[name] === undefined ? [] : databaseWarning(name, settings[name]))),
  ...(settings.EVENT_STORE_URL === undefined ? [] : kurrentWarning(settings.EVENT_STORE_URL)),
];
